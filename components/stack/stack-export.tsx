'use client'
import { columnOrder } from '#components/table/column-choice.ts'
import { ExportMenu } from '#components/table/export-menu.tsx'
import type { Screen } from '#lib/params/screen.ts'
import { stackColumnNames } from './column-names.ts'

/** What a column of the screen is made of in the API, if it is not one column there. */
const made: Record<string, readonly string[]> = {
  ID: ['ID', 'ASR_Rule'],
  modes: ['blocked', 'audited', 'overridden', 'changed'],
  spark: [],
}

/** The export of stacks: the columns that the table shows, from left to right, or all. */
export function StackExport({ screen, hiddenAtFirst }: { screen: Screen; hiddenAtFirst: readonly string[] }) {
  const all = stackColumnNames(screen.params)
  const shown = columnOrder(screen, all, hiddenAtFirst).flatMap((name) => made[name] ?? [name])
  return <ExportMenu table="stack" params={screen.params} shown={[...new Set(shown)]} />
}
