import { detections } from '#lib/asr/detections.ts'
import { foldDest } from '#lib/asr/key-text.ts'
import type { DecidedReach } from '#lib/model/decisions.ts'
import type { EventRow, LeftOutRisk, RiskCounts } from '#lib/model/rows.ts'
import type { Hit, Stored } from './memory/stored.ts'
import type { DecidedAsked, EventReads, FoundRows, RiskAsked } from './reads.ts'
import { fieldOf, isFit } from './testing-stacks.ts'

/** Whether the result row of an event is known good by its by-fields alone: the first decision that fits them says so. */
export function isKnownGood({ row, stack }: Hit, decided: DecidedAsked): boolean {
  const { by } = Object.values(detections).find(({ key }) => key === stack.family) ?? { by: [] as readonly string[] }
  const ofRow = { ...row, ID: stack.rule }
  const has = (column: string): boolean =>
    ['dest', 'group', 'EventCode', 'mode', 'feature'].includes(column) ||
    (column === 'ID' ? by.includes('ID') || by.includes('ASR_ID') : by.includes(column))
  const first = decided.decisions.find(
    (each) => each.patterns.every(({ column }) => has(column)) && isFit(ofRow, each, decided),
  )
  return first?.disposition === 'known-good'
}

const hostsOf = (rows: readonly EventRow[]): number => new Set(rows.map(({ dest }) => foldDest(dest))).size

/** What decisions fit, counted event by event. */
export function reachOf(rows: readonly EventRow[], asked: DecidedAsked, mine: readonly string[]): DecidedReach {
  const ids = [...new Set(asked.decisions.map(({ id }) => id))]
  const fitting = rows.map((row) => ({ row, fit: asked.decisions.filter((each) => isFit(row, each, asked)) }))
  const valuesOf = (row: EventRow, some: readonly string[]): string => {
    const named = asked.decisions.filter(({ id }) => some.includes(id)).flatMap(({ patterns }) => patterns)
    const columns = new Set(
      named.flatMap(({ column }) =>
        column === 'group' ? [] : column === 'mode' || column === 'feature' ? ['EventCode' as const] : [column],
      ),
    )
    return JSON.stringify(
      [...columns]
        .sort()
        .map((column) => (column === 'dest' ? foldDest(row.dest) : fieldOf(row, column, 'exact', asked))),
    )
  }
  const stacksOf = (
    of: readonly { row: EventRow; fit: DecidedAsked['decisions'] }[],
    some: readonly string[],
  ): number => new Set(of.map(({ row }) => valuesOf(row, some))).size
  const otherOf = (fit: DecidedAsked['decisions'], id: string): string[] => {
    const own = fit.find((each) => each.id === id)
    return own === undefined
      ? []
      : [...new Set(fit.flatMap((each) => (each.disposition === own.disposition ? [] : [each.id])))]
  }
  const ofMine = fitting.filter(({ fit }) => fit.some(({ id }) => mine.includes(id)))
  const otherwise = ofMine.filter(({ fit }) =>
    fit.some((each) => mine.includes(each.id) && otherOf(fit, each.id).some((id) => !mine.includes(id))),
  )
  return {
    reaches: ids.map((id) => {
      const own = fitting.filter(({ fit }) => fit.some((each) => each.id === id))
      const conflicts = Map.groupBy(
        own.flatMap(({ fit }) => otherOf(fit, id)),
        (other) => other,
      )
      return {
        id,
        events: own.length,
        hosts: hostsOf(own.map(({ row }) => row)),
        stacks: stacksOf(own, [id]),
        decides: own.filter(({ fit }) => fit[0]?.id === id).length,
        conflicts: [...conflicts].map(([other, of]) => ({ id: other, events: of.length })),
      }
    }),
    total: { events: ofMine.length, hosts: hostsOf(ofMine.map(({ row }) => row)), stacks: stacksOf(ofMine, mine) },
    otherwise: { events: otherwise.length, stacks: stacksOf(otherwise, mine) },
  }
}

/** The sums of the risk of some hosts. */
export const sumOfRisk = (rows: readonly RiskCounts[]): LeftOutRisk => ({
  points: rows.reduce((sum, { score }) => sum + score, 0),
  events: rows.reduce((sum, { count }) => sum + count, 0),
  hosts: rows.length,
})

/** What a store in memory answers about decisions, and which risk events of a question these leave out, or in. */
export function decidedIn(events: () => Stored[]) {
  const decided = new WeakMap<FoundRows, DecidedAsked>()
  const reads: Pick<EventReads, 'findRows' | 'reach'> = {
    findRows: async (asked) => {
      const rows: FoundRows = { foundBy: decided, count: 1 }
      decided.set(rows, asked)
      return rows
    },
    reach: async (asked, mine) =>
      reachOf(
        events().map(({ row }) => row),
        asked,
        mine,
      ),
  }
  const leavesOut =
    ({ leftOut }: RiskAsked, isIn: boolean) =>
    (hit: Hit): boolean => {
      if (leftOut === null) return isIn
      const asked = decided.get(leftOut)
      if (asked === undefined) throw new TypeError('What another store found cannot be read by this one.')
      return isKnownGood(hit, asked) !== isIn
    }
  return { reads, leavesOut }
}
