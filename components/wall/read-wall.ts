import { parseAnswer } from '#lib/model/answer.ts'
import { wallData } from '#lib/model/figures.ts'
import type { WallData } from '#lib/model/rows.ts'

/** Returns the figures in an answer for the wall; a file of its own, loaded with the first answer. @throws UnexpectedAnswer */
export const readWall = (text: string): WallData => parseAnswer(wallData, text)
