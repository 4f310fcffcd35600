import { type DetectionKey, detections } from '#lib/asr/detections.ts'

/** The columns of a detection's table on screen: those of its search, and what a configuration change excluded. */
export const tableColumns = (key: DetectionKey): readonly string[] =>
  key === 'registry' ? [...detections[key].columns, 'Exclusion'] : detections[key].columns
