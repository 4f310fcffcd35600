import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { FilterField } from '#lib/params/params.ts'
import type { Filter, Source } from '#lib/store/reads.ts'
import type { Question, Window } from './question.ts'

/** The fields that counts by hour, host and rule are kept by. */
export const ruleFields: readonly FilterField[] = ['dest', 'ID', 'EventCode', 'feature']
/** The fields that counts by hour and rule alone are kept by. */
export const hourFields: readonly FilterField[] = ['ID', 'EventCode', 'feature']
/** The fields that every stack of ASR Rules Stacking has. */
export const stackFields: readonly FilterField[] = [...ruleFields, 'Process_Name', 'Path', 'Parent_Commandline']

/** The fields that a detection's rows can be filtered by. */
export function fieldsOf(key: DetectionKey): readonly FilterField[] {
  const { by } = detections[key]
  const command = (['Parent_Commandline', 'Target_Commandline'] as const).find((field) => by.includes(field))
  return command === undefined ? ruleFields : [...ruleFields, 'Process_Name', 'Path', command]
}

/** Whether a filter asks for nothing but some fields. */
export const isWithin = ({ fields, text }: Filter, held: readonly FilterField[]): boolean =>
  text === null && Object.keys(fields).every((field) => held.includes(field as FilterField))

/** Whether a range leaves nothing out. */
const isComplete = ({ from, to, oldest, newest }: Window): boolean =>
  (from === null || (oldest !== null && from <= oldest)) && (to === null || (newest !== null && to >= newest))

/** The cheapest source that can answer a question, if its totals and hours are kept by these fields. */
export function sourceOf({ filter, window }: Question, held: readonly FilterField[]): Source {
  if (!isWithin(filter, held)) return 'events'
  return isComplete(window) ? 'totals' : 'hours'
}
