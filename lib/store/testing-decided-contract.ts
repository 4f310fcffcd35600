import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AppliedDecision, type Disposition, dispositions, type FieldPattern } from '#lib/hunting/decision.ts'
import { hasLadder, type StackColumn, steps } from '#lib/hunting/definition.ts'
import type { DecidedReach } from '#lib/model/decisions.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { readPattern } from '#lib/params/pattern.ts'
import { selectHosts } from '#lib/query/hosts.ts'
import { selectOverview } from '#lib/query/overview.ts'
import { selectRiskPage } from '#lib/query/risk.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { selectWall } from '#lib/query/wall.ts'
import type { DecidedAsked, EventReads } from './reads.ts'
import { fieldOf } from './testing-stacks.ts'
import { now, questionOf } from './testing-tables.ts'

/** A generator of numbers from 0 to 1, the same for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const columns: StackColumn[] = [
  ...(['dest', 'ID', 'EventCode', 'mode', 'feature', 'Process_Name', 'Path', 'Path', 'Parent_Commandline'] as const),
  ...(['Target_Commandline', 'User', 'group', 'upload', 'Signature_Version', 'Engine_Version'] as const),
]
const groups: DecidedAsked['groups'] = [
  { name: 'Odd', patterns: [readPattern('o*')] },
  { name: 'Wide', patterns: [readPattern('WS-*'), readPattern('*d*')] },
  { name: 'Twin', patterns: [readPattern('twin*'), readPattern('=a*b')] },
]
const keys = Object.keys(dispositions) as Disposition[]

/** Some decisions about values that events have, of every column, step and kind of pattern. */
function decisionsFrom(rows: readonly EventRow[], seed: number, of: readonly StackColumn[], count = 8): DecidedAsked {
  const random = randomFrom(seed)
  const one = <Each>(list: readonly Each[]): Each => list[Math.floor(random() * list.length)] as Each
  const patternOf = (column: StackColumn, row: EventRow): FieldPattern => {
    const step = hasLadder(column) && random() < 0.4 ? one(steps) : 'exact'
    const value = fieldOf(row, column, step, { groups })
    if (value === null || random() < 0.5)
      return { column, step, value: value?.toUpperCase() ?? null, isWildcard: false }
    const cut = Math.floor(random() * value.length)
    return {
      column,
      step,
      value: one([`*${value.slice(cut)}`, `${value.slice(0, cut)}*`, '*', value]),
      isWildcard: true,
    }
  }
  const decisions = Array.from({ length: count }, (_, at) => at).flatMap((at): AppliedDecision[] => {
    const row = one(rows)
    const named = new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(of)))
    const made: AppliedDecision = {
      id: `d${at}`,
      disposition: random() < 0.5 ? ('known-good' as const) : one(keys),
      patterns: [...named].map((column) => patternOf(column, row)),
      scope: random() < 0.25 ? [row.dest.toUpperCase(), one(['ws-*', 'o*'])] : null,
    }
    // A scope of hosts and groups is applied twice under one id.
    if (made.scope === null || named.has('group')) return [made]
    const group = { column: 'group', step: 'exact', value: 'wide', isWildcard: false } as const
    return [made, { ...made, scope: null, patterns: [...made.patterns, group] }]
  })
  return { groups, decisions }
}

const inOrder = ({ reaches, ...sums }: DecidedReach) => ({
  ...sums,
  reaches: reaches.map(({ conflicts, ...reach }) => ({
    ...reach,
    conflicts: conflicts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  })),
})

const seeds = Array.from({ length: 24 }, (_, seed) => seed)

/** Tests what a store says of decisions: what they fit, and the risk without what is known good, against counting one by one. */
export function decidedContract(name: string, opening: Promise<EventReads>, expected: EventReads): void {
  const rowsOf = async () =>
    (
      await expected.events({
        ...{
          filter: { fields: {}, text: null, stack: null },
          found: await expected.find({ fields: {}, text: null, stack: null }),
        },
        ...{ range: { from: null, to: null }, mode: 'complete', sort: [], page: { offset: 0, limit: 1_000_000 } },
      })
    ).rows

  test(`${name}: what decisions fit, decide and disagree about`, async () => {
    const reads = await opening
    const rows = await rowsOf()
    let fitting = 0
    let conflicts = 0
    for (const seed of seeds)
      for (const some of [columns, columns.slice(0, 9)]) {
        const decided = decisionsFrom(rows, seed, some)
        const mine = ['d0', 'd3']
        const found = inOrder(await reads.reach(decided, mine))
        assert.deepEqual(
          found,
          inOrder(await expected.reach(decided, mine)),
          `seed ${seed}: ${JSON.stringify(decided)}`,
        )
        fitting += found.reaches.filter(({ events }) => events > 0).length
        conflicts += found.otherwise.events
      }
    assert.ok(fitting > 150 && conflicts > 50, `${fitting} fit, ${conflicts} conflicts`)
  })

  test(`${name}: hundreds of decisions about every field at every step`, async () => {
    const reads = await opening
    const decided = decisionsFrom(await rowsOf(), 7, columns, 300)
    const mine = decided.decisions.slice(0, 9).map(({ id }) => id)
    assert.deepEqual(inOrder(await reads.reach(decided, mine)), inOrder(await expected.reach(decided, mine)))
    assert.ok((await reads.findRows(decided)).count > 0)
  })

  test(`${name}: risk without what is known good, on every page that shows some`, async () => {
    const reads = await opening
    const rows = await rowsOf()
    let points = 0
    for (const seed of seeds.slice(0, 16)) {
      const decided = decisionsFrom(rows, seed + 1000, columns.slice(0, 10))
      const answers = [reads, expected].map(async (each) => {
        const leftOut = await each.findRows(decided)
        const asked = async (query: string) => ({ ...(await questionOf(each, 'risk', query)), leftOut })
        const wide = `from=2026-03-01&to=2026-11-25&${['', 'mode=faithful', 'Path=*a*', 'dest=o*'][seed % 4]}`
        const page = await selectRiskPage(each, await asked(wide))
        // These parts of both are not events: see the contract of uploads.
        const store = { ...each, newestUpload: async () => null, hostBreaks: async () => ({ total: 0, rows: [] }) }
        const overview = await selectOverview(store, await asked('anchor=newest'))
        const wall = await selectWall(store, { anchor: 'newest' }, now, leftOut)
        const scores = (list: readonly { score: number; byDay: number[] }[]) => list.map(({ score }) => score)
        return {
          page: {
            ...page,
            rows: page.rows.toSorted((a, b) => (a.normalized_risk_object < b.normalized_risk_object ? -1 : 1)),
          },
          hosts: (await selectHosts(each, { ...(await questionOf(each, 'hosts', 'anchor=newest&sort=dest')), leftOut }))
            .rows,
          overview: [scores(overview.hostsByRisk), overview.leftOut],
          wall: [scores(wall.hostsByRisk), wall.leftOut],
        }
      })
      const [found, counted] = await Promise.all(answers)
      assert.deepEqual(found, counted, `seed ${seed}: ${JSON.stringify(decided)}`)
      points += found?.page.leftOut?.points ?? 0
      // What is left and what is left out are all there is.
      const all = await selectRiskPage(reads, await questionOf(reads, 'risk', 'from=2026-03-01&to=2026-11-25'))
      if (seed % 4 === 0) {
        const sum = (of: readonly { score: number }[]) => of.reduce((total, { score }) => total + score, 0)
        assert.equal(sum(found?.page.rows ?? []) + (found?.page.leftOut?.points ?? 0), sum(all.rows))
      }
    }
    assert.ok(points > 500, `${points} points left out`)
    assert.equal(paramsOf('risk', 'dispositions=apply').dispositions, 'apply')
  })
}
