import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { StackField } from '#lib/hunting/copy/selection.ts'
import type { By } from '#lib/hunting/definition.ts'

const ofEvents = [
  ...['dest', 'ID', 'EventCode', 'Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline', 'User'],
]

/** What finds the events of a row elsewhere: the fields that it has, and its time range in milliseconds. */
export type SelectedFields = { fields: StackField[]; from: number | null; to: number | null }

const time = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/**
 * Returns the fields of a row: those of a stack with their steps, those that its detection groups by, else those of an event, as far as
 * the row has them. A row of the
 * configuration detections is one of changes, of which an event can have several: it has none.
 */
export function selectedFields(
  record: Record<string, unknown>,
  detection: DetectionKey | null,
  by: readonly By[] | null,
): SelectedFields {
  const exact = detection === null ? ofEvents : detections[detection].by
  const names = by === null ? exact : by.map(({ column }) => column)
  const isOfChanges = names.some((name) => name === 'New_Registry_Value')
  const fields = (isOfChanges ? [] : names).flatMap((column): StackField[] => {
    const value = record[column]
    if (value === undefined) return []
    const isMissing = value === null || value === 'NULL'
    return [
      {
        column,
        step: by?.find((each) => each.column === column)?.step ?? 'exact',
        value: isMissing ? null : String(value),
        isWildcard: false,
      },
    ]
  })
  const [from, to] = [record.firstTime ?? record._time, record.lastTime ?? record._time]
  return { fields, from: time(from), to: time(to) }
}
