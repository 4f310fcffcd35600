import { parseAnswer } from '#lib/model/answer.ts'
import { type EventRow, eventRow } from '#lib/model/hunting.ts'
import { page } from '#lib/model/schema.ts'

/** Returns the events in an answer; a file of its own, loaded with the first answer. @throws UnexpectedAnswer */
export const readEvents = (text: string): EventRow[] => parseAnswer(page(eventRow), text).rows
