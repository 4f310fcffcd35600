import type { EventReads } from '#lib/store/reads.ts'
import { askAgain, type Question } from './question.ts'

/** Reasons for a table without rows that the store has to be asked for. */
export type WhyNone = {
  /** How many rows there would be if the range ended at the newest event instead of now: the data may be old. */
  ifAnchored: number
  /** Whether the URL names a stack of which no event is stored. */
  lacksStack: boolean
}

type Select = (question: Question) => Promise<{ total: number }>

/** How many rows there would be if the range ended at the newest event; 0 if it does not end now. */
async function ifAnchored(question: Question, select: Select): Promise<number> {
  const { anchor, last, to } = question.params
  if (anchor !== 'now' || last === null || to !== null) return 0
  return (await select(askAgain(question, { anchor: 'newest', page: 1, limit: 1 }))).total
}

/** Returns why a table has no rows; nothing is asked if it has some. `select` answers the same question for its table. */
export async function whyNone(
  reads: EventReads,
  question: Question,
  { total }: { total: number },
  select: Select,
): Promise<WhyNone> {
  if (total > 0) return { ifAnchored: 0, lacksStack: false }
  const { stack } = question.params
  const [older, hasStack] = await Promise.all([ifAnchored(question, select), stack === null || reads.hasStack(stack)])
  return { ifAnchored: older, lacksStack: !hasStack }
}
