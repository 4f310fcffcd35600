import type { EventRow, Page, StackMembers, StackPage, StackRow } from '#lib/model/rows.ts'
import { exportRange, pageRange } from '#lib/params/page.ts'
import type { Sort, StackFilterField } from '#lib/params/params.ts'
import { readPattern } from '#lib/params/pattern.ts'
import { byOfFilter } from '#lib/params/stack-by.ts'
import type { DecidedAsked, EventReads, StackAsked, StackMemberQuestion, StackQuestion } from '#lib/store/reads.ts'
import { asked, type Question } from './question.ts'

/** What is decided and how hosts are grouped, as of the moment of a request: see `selectDecided`. */
export type Decided = DecidedAsked

/** Without decisions and groups. */
export const undecided: Decided = { groups: [], decisions: [] }

const stackAsked = (question: Question, { groups, decisions }: Decided): StackAsked => ({
  ...asked(question),
  by: question.params.by,
  stackFilters: Object.entries(question.params.stackFilters).map(([field, written]) => ({
    by: byOfFilter(field as StackFilterField),
    patterns: written.map(readPattern),
  })),
  since: question.params.since,
  hides: question.params.dispositions === 'hide',
  groups,
  decisions,
})

const questionOf = (question: Question, decided: Decided): Omit<StackQuestion, 'page'> => {
  const { maxHosts, maxEvents, maxShare, minRatio, seen, hint, sort } = question.params
  return {
    ...stackAsked(question, decided),
    rare: { hosts: maxHosts, events: maxEvents, share: maxShare === null ? null : maxShare / 100 },
    ...{ newness: seen, minRatio, hint },
    sort,
  }
}

/** Returns one page of stacks over the fields of the question, with the sums that account for every event. */
export const selectStacks = (reads: EventReads, question: Question, decided: Decided): Promise<StackPage> =>
  reads.stacks({ ...questionOf(question, decided), page: pageRange(question.params) })

/** Returns every stack in the order of the page, some hundreds at a time, for exports. */
export const streamStacks = (reads: EventReads, question: Question, decided: Decided): AsyncGenerator<StackRow[]> =>
  reads.stackRows({ ...questionOf(question, decided), page: exportRange(question.params) })

/** Rows of each list of the panel next to a stack. */
const listed = 100

const memberQuestion = (question: Question, decided: Decided, stack: string): StackMemberQuestion => ({
  ...stackAsked(question, decided),
  stack,
  limit: listed,
})

/** Returns what a stack consists of, by its key; null if no event of the question is in it. */
export const selectStackMembers = (
  reads: EventReads,
  question: Question,
  decided: Decided,
  stack: string,
): Promise<StackMembers | null> => reads.stackMembers(memberQuestion(question, decided, stack))

/** Returns a page of the events of a stack. */
export const selectStackEvents = (
  reads: EventReads,
  question: Question,
  decided: Decided,
  stack: string,
  sort: Sort[],
): Promise<Page<EventRow>> =>
  reads.stackEvents({ ...memberQuestion(question, decided, stack), sort, page: pageRange(question.params) })
