import { parseAnswer } from '#lib/model/answer.ts'
import { type EventDetail, type EventRow, eventDetail, eventRow } from '#lib/model/hunting.ts'
import { type Progress, progress } from '#lib/model/progress.ts'
import { type Page, page } from '#lib/model/schema.ts'
import { type NamedStackMembers, namedStackMembers } from '#lib/model/stacks.ts'

// A file of its own, loaded with the first answer.

/** Returns what a stack consists of from an answer. @throws UnexpectedAnswer */
export const readMembers = (text: string): NamedStackMembers => parseAnswer(namedStackMembers, text)

/** Returns a page of events from an answer. @throws UnexpectedAnswer */
export const readEventPage = (text: string): Page<EventRow> => parseAnswer(page(eventRow), text)

/** Returns how far a question is from an answer. @throws UnexpectedAnswer */
export const readProgress = (text: string): Progress => parseAnswer(progress, text)

/** Returns one event from an answer. @throws UnexpectedAnswer */
export const readEvent = (text: string): EventDetail => parseAnswer(eventDetail, text)
