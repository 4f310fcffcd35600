import { askAgain, type Question } from './question.ts'

/**
 * How many rows there would be if the range ended at the newest event instead of now: the reason for a table without rows, if
 * its data is old. 0 if there are rows, or if the range does not end now.
 */
export async function ifAnchored(
  question: Question,
  { total }: { total: number },
  select: (question: Question) => Promise<{ total: number }>,
): Promise<number> {
  const { anchor, last, to } = question.params
  if (total > 0 || anchor !== 'now' || last === null || to !== null) return 0
  return (await select(askAgain(question, { anchor: 'newest', page: 1, limit: 1 }))).total
}
