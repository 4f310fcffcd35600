import {
  type ChangedRow,
  type ChangedValues,
  type ChangeSentence,
  changeSentences,
  rowSentence,
  sumOfChanges,
} from '#lib/text/change.ts'
import { ruleText } from '#lib/text/rule.ts'
import type { RuleNames } from './table-context.ts'

/** What a 5007 or a row of the registry detections changed, with the names of rules that screens use. */
export function changeOf(row: ChangedValues & Partial<ChangedRow>, rules: RuleNames): ChangeSentence {
  const { ASR_ID, ...values } = row
  const nameRule = (id: string): string => ruleText(id, rules[id]?.short)
  if (ASR_ID !== undefined) return rowSentence({ ...values, ASR_ID }, nameRule)
  return sumOfChanges(changeSentences(values, nameRule))
}
