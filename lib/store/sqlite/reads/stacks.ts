import { asrCodes } from '#lib/asr/templates.ts'
import type { EventRow, Page, StackMembers, StackPage, StackRow } from '#lib/model/rows.ts'
import type { Sorted, StackAsked, StackMemberQuestion, StackQuestion } from '../../reads.ts'
import type { ColumnsAsked } from '../columns/counted.ts'
import type { Sql } from '../sql.ts'
import { filteredEvents } from './events.ts'
import { isCodeAllowed } from './where.ts'

/** What is asked of the columns: the question with its filter as SQL, but for the codes, which the columns have themselves. */
function columnsAsked<Question extends StackAsked>(question: Question) {
  const { filter, found: _, mode: __, ...asked } = question
  const { EventCode, feature, ...fields } = filter.fields
  const isOfCodes = EventCode !== undefined || feature !== undefined
  return {
    ...asked,
    filter: filteredEvents({ ...question, filter: { ...filter, fields } }),
    codes: isOfCodes ? asrCodes.filter((code) => isCodeAllowed(filter, code)) : null,
  } satisfies ColumnsAsked
}

/** One page of stacks over any fields, with the sums that account for every event. */
export const stacks = (sql: Sql, question: StackQuestion): Promise<StackPage> => sql.stacks.page(columnsAsked(question))

/** Every stack of the page in its order, some hundreds at a time. */
export const stackRows = (sql: Sql, question: StackQuestion): AsyncGenerator<StackRow[]> =>
  sql.stacks.rows(columnsAsked(question))

/** What one stack consists of; null if no event of the question is in it. */
export const stackMembers = (sql: Sql, question: StackMemberQuestion): Promise<StackMembers | null> =>
  sql.stacks.members(columnsAsked(question))

/** A page of the events of one stack. */
export const stackEvents = (sql: Sql, question: StackMemberQuestion & Sorted): Promise<Page<EventRow>> =>
  sql.stacks.events(columnsAsked(question))
