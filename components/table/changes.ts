import { type ChangedValues, type ChangeSentence, changeSentences, sumOfChanges } from '#lib/text/change.ts'
import { ruleText } from './rule-text.ts'
import type { RuleNames } from './table-context.ts'

type Changed = ChangedValues & { ASR_ID?: string | null }

/** What a 5007 or a row of the registry detections changed, with the names of rules that screens use. */
export const changeOf = (row: Changed, rules: RuleNames): ChangeSentence =>
  sumOfChanges(changeSentences(row, (id) => ruleText(id, rules[id]?.short), row.ASR_ID))
