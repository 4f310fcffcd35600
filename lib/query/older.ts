import { completeValues, type Rewritten, rewrite } from '#lib/params/anywhere.ts'
import type { Params } from '#lib/params/params.ts'
import type { EventReads } from '#lib/store/reads.ts'
import { ask, askAgain, type Question } from './question.ts'

/** Reasons for a table without rows that the store has to be asked for. */
export type WhyNone = {
  /** How many rows there would be if the range ended at the newest event instead of now: the data may be old. */
  ifAnchored: number
  /** Whether the URL names a stack of which no event is stored. */
  lacksStack: boolean
  /** Filters that find something if a value is searched for anywhere in the field, not as the complete value. */
  anywhere: Anywhere[]
}

/** Filters written differently, and how many rows there would be. */
export type Anywhere = { values: Rewritten[]; total: number }

/** Values up to which each is tried alone. */
const fewValues = 4

/** Each value of the screen's filters searched for anywhere, then all of them together, with the rows that are found. */
async function foundAnywhere(
  reads: EventReads,
  question: Question,
  filters: Params['filters'],
  select: Select,
): Promise<Anywhere[]> {
  const all = completeValues(filters)
  const tried = all.length > fewValues ? [all] : [...all.map((value) => [value]), ...(all.length > 1 ? [all] : [])]
  const { now } = question.window
  const offers = await Promise.all(
    tried.map(async (values) => {
      const params = { ...question.params, filters: rewrite(question.params.filters, values), page: 1, limit: 1 }
      return { values, total: (await select(await ask(reads, params, now, question.window))).total }
    }),
  )
  const found = offers.filter(({ total }) => total > 0)
  return found.filter(({ values }) => values.length === 1 || found.length === 1)
}

type Select = (question: Question) => Promise<{ total: number }>

/** How many rows there would be if the range ended at the newest event; 0 if it does not end now. */
async function ifAnchored(question: Question, select: Select): Promise<number> {
  const { anchor, last, to } = question.params
  if (anchor !== 'now' || last === null || to !== null) return 0
  return (await select(askAgain(question, { anchor: 'newest', page: 1, limit: 1 }))).total
}

/**
 * Returns why a table has no rows; nothing is asked if it has some. `select` answers the same question for its table; `filters`
 * are those of the screen, without what the screen is about.
 */
export async function whyNone(
  reads: EventReads,
  question: Question,
  { total }: { total: number },
  select: Select,
  filters: Params['filters'] = {},
): Promise<WhyNone> {
  if (total > 0) return { ifAnchored: 0, lacksStack: false, anywhere: [] }
  const { stack } = question.params
  const [older, hasStack, anywhere] = await Promise.all([
    ifAnchored(question, select),
    stack === null || reads.hasStack(stack),
    foundAnywhere(reads, question, filters, select),
  ])
  return { ifAnchored: older, lacksStack: !hasStack, anywhere }
}
