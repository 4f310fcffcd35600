import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppliedDecision, FieldPattern } from '#lib/hunting/decision.ts'
import { stackColumns } from '#lib/hunting/definition.ts'
import type { StackPage, StackRow } from '#lib/model/rows.ts'
import { sortColumns } from '#lib/params/columns.ts'
import type { Params } from '#lib/params/params.ts'
import { readPattern } from '#lib/params/pattern.ts'
import type { Question } from '#lib/query/question.ts'
import {
  type Decided,
  selectStackEvents,
  selectStackMembers,
  selectStacks,
  streamStacks,
  undecided,
} from '#lib/query/stacks.ts'
import type { EventReads } from './reads.ts'
import { asks, ordered } from './testing-asks.ts'
import { allOf, assertSameList, columnsOf, stretches } from './testing-same.ts'
import { cutTo, questionOf } from './testing-tables.ts'

/** Fields of stacks: each of them alone, each step of each ladder, and several together. */
const bys = [
  ...['dest', 'ID', 'EventCode', 'mode', 'feature', 'Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline'],
  ...['User', 'Signature_Version', 'Engine_Version', 'group', 'upload', 'ID,Process_Name,Path', 'User,Process_Name'],
  ...['Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline'].flatMap((column) =>
    ['normalised', 'folder', 'name'].map((step) => `${column}.${step}`),
  ),
  ...[
    'Path.name,dest,Target_Commandline.folder',
    'ID,Process_Name.folder,Path.normalised,EventCode',
    'User,upload,mode',
  ],
  ...[
    'group,feature,Path.folder',
    'dest,EventCode,ID,Process_Name,Path,Parent_Commandline',
    'Engine_Version,upload,dest',
  ],
]

const sinces = [
  '',
  'since=2026-03-04',
  'since=upload:sample-second',
  'since=upload:inner-2',
  'since=upload:nowhere',
  'since=1969-12-31',
]
const limits = [
  '',
  'maxHosts=1',
  'maxEvents=3',
  'maxShare=10',
  'maxHosts=2&maxEvents=5&seen=new',
  'seen=new-on-host',
  'seen=gone',
  'maxHosts=0',
  'hint=writable',
  'hint=any&maxEvents=3',
  'hint=scriptHost&seen=new-on-host',
]
/** With the comparison that each needs. */
const ratios = ['', 'minRatio=0.2', 'minRatio=1&hint=any', 'minRatio=0']
/** Filters that only stacks have: each step of a ladder, and what is known of an event besides the fields of other tables. */
const stackFilters = [
  '',
  'Path.normalised=*temp*',
  'Process_Name.name=*.exe&Process_Name.name=!w*',
  'Path.folder=NULL',
  'Parent_Commandline.normalised=!NULL',
  'Target_Commandline.name=*e*&group=second',
  'group=NULL',
  'group=!first&Path.name=!NULL',
  'upload=first',
  'Signature_Version=!NULL',
  'Engine_Version=NULL&Path.name=*',
  'Path.name==*',
]

const groups = [
  { name: 'first', patterns: ['ws-*1*', 'alt'].map(readPattern) },
  { name: 'second', patterns: ['ws-*', 'ODD'].map(readPattern) },
  { name: 'empty', patterns: [] },
]

const at = (column: FieldPattern['column'], value: string | null, more: Partial<FieldPattern> = {}): FieldPattern => ({
  ...{ column, step: 'exact' as const, value, isWildcard: false, ...more },
})
const isWildcard = true
let made = 0
const decision = (
  disposition: AppliedDecision['disposition'],
  patterns: FieldPattern[],
  scope: string[] | null = null,
): AppliedDecision => ({ id: `decision-${++made}`, disposition, patterns, scope })

/** Decisions on every field, in every form, of which some fit the same events. */
const decisions = [
  decision('suspicious', [at('Target_Commandline', '*e*', { isWildcard }), at('dest', 'odd')]),
  decision('known-good', [at('Path', 'a*b'), at('User', 'A*B')]),
  decision('known-good', [at('Path', 'a*b', { isWildcard }), at('ID', null)]),
  decision('may-be-blocked', [at('Process_Name', '*.exe', { isWildcard }), at('User', null)], ['ws-*2*', 'ODD']),
  decision('snoozed', [at('EventCode', '112*', { isWildcard }), at('upload', 'first')], ['*1']),
  decision('exclusion-wanted', [at('mode', 'block'), at('feature', 'network')]),
  decision('known-good', [at('group', 'second'), at('Path', null, { step: 'name' })]),
  decision('suspicious', [at('Process_Name', '*OFFICE*', { step: 'folder', isWildcard })]),
  decision('snoozed', [at('Parent_Commandline', 'WINWORD /N', { step: 'normalised' }), at('Engine_Version', null)]),
  decision('may-be-blocked', [], []),
]
const decided: Decided[] = [
  undecided,
  { groups, decisions: [] },
  { groups, decisions },
  { groups: groups.toReversed(), decisions: decisions.toReversed() },
]

/** A few of many combinations: the nth takes the nth of each list. */
const nth = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item

function combination(index: number) {
  const by = nth(bys, index)
  const parts = [
    nth(asks, index * 7),
    `by=${by}`,
    nth(sinces, index),
    nth(limits, index * 3),
    nth(stackFilters, index * 5),
    nth(sinces, index) === '' ? '' : nth(ratios, index >> 2),
    index % 2 === 0 ? '' : 'dispositions=hide',
  ]
  return {
    query: parts.filter((part) => part !== '' && !part.includes('mode=')).join('&'),
    decided: nth(decided, index >> 1),
  }
}

const sums = ({ rows: _, ...rest }: StackPage) => rest

/** Tests that a store counts stacks as counting one by one does. */
export function stackContract(name: string, opening: Promise<EventReads>, expected: EventReads): void {
  const ask = (reads: EventReads, query: string, change: Partial<Params> = {}): Promise<Question> =>
    questionOf(reads, 'stack', query, change)

  async function assertSame(query: string, given: Decided): Promise<StackPage> {
    const [found, counted] = await Promise.all(
      [await opening, expected].map(async (reads) => selectStacks(reads, await ask(reads, query), given)),
    )
    assert.ok(found !== undefined && counted !== undefined)
    assert.deepEqual(withoutUploadTime(sums(found)), withoutUploadTime(sums(counted)), query)
    const sort = (await ask(expected, query)).params.sort
    // Stacks are in the order of how many hints they have.
    const listed = (rows: readonly StackRow[]) => rows.map((row) => ({ ...row, hintCount: row.hints.length }))
    assertSameList(
      listed(found.rows),
      listed(counted.rows),
      columnsOf(sort).flatMap((column) =>
        column === 'hints' ? 'hintCount' : column in (found.rows[0] ?? {}) ? column : [],
      ),
      query,
    )
    assertAddsUp(found, query)
    return found
  }

  test(`${name}: stacks over every field and step, under filters, ranges, limits, newness and dispositions`, async () => {
    for (let index = 0; index < 300; index++) {
      const { query, decided } = combination(index)
      await assertSame(query, decided)
    }
  })

  test(`${name}: every field over everything, with decisions and groups`, async () => {
    for (const by of bys) for (const given of decided) await assertSame(`by=${by}&dispositions=hide`, given)
  })

  test(`${name}: each decision alone, which reaches what it hides`, async () => {
    for (const each of decisions) {
      const alone = { groups, decisions: [{ ...each, disposition: 'known-good' as const }] }
      for (const by of ['ID,Process_Name,Path', 'User,Target_Commandline.name', 'mode,group,dest']) {
        const { hidden } = await assertSame(`by=${by}&dispositions=hide`, alone)
        assert.ok(hidden.events > 0 || each.patterns.length !== 1, JSON.stringify(each))
      }
    }
    for (const column of stackColumns)
      for (const value of [null, '*'] as const) {
        const only = [decision('known-good', [at(column, value, { isWildcard: value !== null })])]
        await assertSame(`by=ID,User&dispositions=hide`, { groups, decisions: only })
      }
  })

  test(`${name}: stacks in every order, and page by page`, async () => {
    const reads = await opening
    const orders = sortColumns.stack.flatMap((column) => [column, `-${column},dest`, `dest,-${column}`])
    for (const [index, sort] of orders.entries()) {
      const query = `by=dest,ID,Path.name,User&since=2026-03-04&sort=${sort}&${nth(ordered, index)}`
      const all = await assertSame(query, nth(decided, index))
      const question = await ask(reads, query)
      for (const page of stretches(all.total)) {
        const rows = all.rows.slice(page.offset, page.offset + page.limit)
        assert.deepEqual(await selectStacks(cutTo(reads, page), question, nth(decided, index)), { ...all, rows }, query)
      }
      assert.deepEqual(
        await allOf(
          streamStacks(reads, { ...question, params: { ...question.params, limit: null } }, nth(decided, index)),
        ),
        all.rows,
      )
    }
  })

  test(`${name}: what a stack consists of, and its events`, async () => {
    const stores = [await opening, expected]
    for (let index = 0; index < 60; index++) {
      const { query, decided } = combination(index * 5)
      const { rows } = await selectStacks(expected, await ask(expected, query), decided)
      const keys = rows.filter((_, place) => place % Math.ceil(rows.length / 4) === 0).map(({ stack }) => stack)
      for (const stack of [...keys, 'AAAAAAAAAAAAAAAAAAAAAA']) {
        const [found, counted] = await Promise.all(
          stores.map(async (reads) => selectStackMembers(reads, await ask(reads, query), decided, stack)),
        )
        assert.deepEqual(found, counted, `${query} ${stack}`)
        for (const sort of ['-_time', '_time', 'dest,-User', 'Path']) {
          const sorted = sort
            .split(',')
            .map((part) => ({ column: part.replace('-', ''), descending: part.startsWith('-') }))
          const [events, expectedEvents] = await Promise.all(
            stores.map(async (reads) => selectStackEvents(reads, await ask(reads, query), decided, stack, sorted)),
          )
          assert.equal(events?.total, expectedEvents?.total, query)
          assertSameList(events?.rows ?? [], expectedEvents?.rows ?? [], columnsOf(sorted), `${query} ${stack} ${sort}`)
        }
      }
    }
  })

  test(`${name}: a decision that is undone changes nothing`, async () => {
    const reads = await opening
    const question = await ask(reads, 'by=ID,Process_Name,Path&dispositions=hide')
    const before = await selectStacks(reads, question, undecided)
    const hiding = await selectStacks(reads, question, { groups: [], decisions })
    assert.ok(hiding.hidden.events > 0 && hiding.hidden.dispositions > 1 && hiding.total < before.total)
    assert.deepEqual(await selectStacks(reads, question, undecided), before)
  })
}

/** The two stores are given their logs at different times. */
const withoutUploadTime = (page: Omit<StackPage, 'rows'>) => ({ ...page, since: page.since === null ? null : 0 })

const sumOf = (rows: readonly StackRow[], value: (row: StackRow) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0)

/** Every event is in one stack, and all that is said of a stack is said of each of its events. */
function assertAddsUp(page: StackPage, label: string): void {
  const { rows, events, stacks, leftOut, hidden } = page
  assert.equal(sumOf(rows, (row) => row.events) + leftOut.events + hidden.events, events, label)
  assert.equal(rows.length + leftOut.stacks, stacks, label)
  assert.equal(new Set(rows.map(({ stack }) => stack)).size, rows.length, label)
  for (const row of rows) {
    const { spark, blocked, audited, overridden, changed, dispositions, before } = row
    assert.equal(blocked + audited + overridden + changed, row.events, label)
    assert.equal(
      spark.reduce((sum, count) => sum + count, 0),
      row.events,
      label,
    )
    assert.equal(
      dispositions.reduce((sum, { events }) => sum + events, 0),
      row.events,
      label,
    )
    assert.ok(before <= row.events && row.newHosts <= row.hosts && row.variants <= row.events, label)
  }
}
