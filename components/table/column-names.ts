import { type DetectionKey, detections } from '#lib/asr/detections.ts'

/** What a configuration change did, in words: a column of the screen only. */
export const changeColumn = 'Change'

/** A detection groups by what a configuration change has: its rows read as sentences. */
const isOfChanges = (key: DetectionKey): boolean => detections[key].by.includes('New_Registry_Value')

/** Every column that the table of a detection can have, in the order they are read. */
const readingOrder = [
  ...['dest', 'EventCode', 'ASR_Rule', changeColumn],
  ...['Old_Registry_Value', 'New_Registry_Value', 'Old_Value', 'New_Value', 'Exclusion', 'ASR_ID'],
  ...['Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline', 'ID', 'count', 'firstTime', 'lastTime'],
]

/**
 * The columns of a detection's table on screen, in the order they are read: those of its search, and what a configuration change did
 * and excluded.
 */
export function tableColumns(key: DetectionKey): readonly string[] {
  const all = isOfChanges(key) ? [...detections[key].columns, changeColumn, 'Exclusion'] : detections[key].columns
  return [...readingOrder.filter((name) => all.includes(name)), ...all.filter((name) => !readingOrder.includes(name))]
}

/** Columns that the table of a detection shows only when asked to: the name of a rule and the sentence say the same. */
export const hiddenColumns = (key: DetectionKey): readonly string[] =>
  isOfChanges(key)
    ? ['Old_Registry_Value', 'New_Registry_Value', 'Old_Value', 'New_Value', 'ASR_ID', 'Exclusion']
    : ['ID']
