import type { Decided } from '#components/decide/decide-button.tsx'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { presets } from '#lib/hunting/definition.ts'
import type { DetectionRow } from '#lib/model/rows.ts'

/**
 * What rows of a detection can be decided by: its by-fields, if it groups events. Those of configuration changes cannot be decided.
 * A row has the text NULL if a field was not logged.
 */
export function decidedRows(detection: DetectionKey, rows: readonly DetectionRow[]): Decided | null {
  const preset = presets.find(({ key }) => key === detection)
  if (preset === undefined) return null
  const loggedIn = (row: DetectionRow, column: string): string | null => {
    const value = String(row[column as keyof DetectionRow] ?? 'NULL')
    return value === 'NULL' ? null : value
  }
  return {
    by: preset.by,
    stacks: rows.map((row) => ({ values: preset.by.map(({ column }) => loggedIn(row, column)) })),
  }
}
