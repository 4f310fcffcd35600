import { parseAnswer } from '#lib/model/answer.ts'
import { type ValuePage, valuePage } from '#lib/model/values.ts'

/** Returns the values in an answer; a file of its own, loaded with the first answer. @throws UnexpectedAnswer */
export const readValues = (text: string): ValuePage => parseAnswer(valuePage, text)
