import type { EventRow, Page } from '#lib/model/rows.ts'
import { exportRange, pageRange } from '#lib/params/page.ts'
import type { EventReads } from '#lib/store/reads.ts'
import { asked, type Question } from './question.ts'

/** One page of single events, newest first if the URL names no order. */
export const selectEvents = (reads: EventReads, question: Question): Promise<Page<EventRow>> =>
  reads.events({ ...asked(question), sort: question.params.sort, page: pageRange(question.params) })

/** Every event of the filter in its order, for exports. */
export const streamEvents = (reads: EventReads, question: Question): AsyncGenerator<EventRow[]> =>
  reads.eventRows({ ...asked(question), sort: question.params.sort, page: exportRange(question.params) })
