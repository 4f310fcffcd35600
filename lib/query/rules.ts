import type { RuleRow } from '#lib/model/rows.ts'
import type { EventReads } from '#lib/store/reads.ts'
import { countQuestion } from './counts.ts'
import type { Question } from './question.ts'

/** Every rule of the lookup, fired or not, and every other GUID that fired, with its counts in the filter. */
export const selectRules = (reads: EventReads, question: Question): Promise<RuleRow[]> =>
  reads.rules({ ...countQuestion(question), sort: question.params.sort })

/** One rule by its GUID; null if it is neither in the lookup nor logged. */
export async function selectRule(reads: EventReads, ID: string, question: Question): Promise<RuleRow | null> {
  const rows = await selectRules(reads, question)
  return rows.find((row) => row.ID === ID.toUpperCase()) ?? null
}
