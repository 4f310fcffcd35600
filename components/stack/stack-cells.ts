import type { Decided } from '#components/decide/decide-button.tsx'
import type { By, StackColumn } from '#lib/hunting/definition.ts'
import type { StackPage, StackRow } from '#lib/model/rows.ts'

/** A stack with each of its fields by name. */
export type StackCells = StackRow & Partial<Record<StackColumn, string | null>>

/** Rows whose fields are found by name, as cells, menus and tooltips look for them. */
export const stackCells = (by: readonly By[], rows: readonly StackRow[]): StackCells[] =>
  rows.map((row) => ({
    ...row,
    ...Object.fromEntries(by.map(({ column }, place) => [column, row.by[place] ?? null])),
  }))

/** What stacks can be decided by: the fields they are formed by. A field that was not logged is null. */
export const decidedStacks = (
  by: readonly By[],
  stacks: readonly Partial<Record<StackColumn, string | null>>[],
): Decided => ({
  by,
  stacks: stacks.map((stack) => ({ values: by.map(({ column }) => stack[column] ?? null) })),
})

/** The sums that cells are compared with. */
export type Sums = Pick<StackPage, 'reportingHosts'>
