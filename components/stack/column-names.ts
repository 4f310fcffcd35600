import type { StackRow } from '#lib/model/rows.ts'
import type { Params } from '#lib/params/params.ts'

/** What the table of stacks has besides their fields, in the order it is read. */
const further = [
  ...['hosts', 'share', 'events', 'modes', 'blocked', 'audited', 'overridden', 'changed', 'users', 'hints'],
  ...['dispositions', 'variants', 'before', 'newHosts', 'ratio', 'activeDays', 'spark', 'firstTime', 'lastTime'],
] as const
export type FurtherColumn = (typeof further)[number]

/** The columns that the table of stacks can have on screen. */
export const stackColumnNames = ({ by }: Pick<Params, 'by'>): readonly string[] => [
  ...by.map(({ column }) => column),
  ...further,
]

/** Fields next to which every column has room on a screen of 1440 pixels. */
const roomFor = 2

/**
 * Columns that are shown only when asked to: those that others show too, those without anything to show on the page, and next to
 * many fields those that the panel has too, so that the times stay on screen.
 */
export function hiddenAtFirst({ by, since }: Pick<Params, 'by' | 'since'>, rows: readonly StackRow[]): string[] {
  const some: Partial<Record<FurtherColumn, boolean>> = {
    hints: rows.some(({ hints }) => hints.length > 0),
    dispositions: rows.some(({ dispositions }) => dispositions.some(({ disposition }) => disposition !== null)),
    variants: rows.some(({ variants }) => variants > 1),
    before: since !== null,
    newHosts: since !== null,
    ratio: since !== null,
  }
  const empty = Object.entries(some).flatMap(([name, isThere]) => (isThere ? [] : [name]))
  const isFull = by.length > roomFor || since !== null
  const listed = isFull ? ['users', 'activeDays', ...(some.dispositions ? ['variants', 'spark'] : [])] : []
  return ['share', 'blocked', 'audited', 'overridden', 'changed', ...new Set([...listed, ...empty])]
}
