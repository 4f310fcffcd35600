import { detections } from '#lib/asr/detections.ts'
import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import type { RiskCounts, ValuePage } from '#lib/model/rows.ts'
import { fits } from '#lib/params/pattern.ts'
import { type Hit, hitsOf, isFit, type Stored } from './memory/stored.ts'
import type { ValueQuestion } from './reads.ts'
import { inOrder } from './testing-order.ts'

/** Whether the score of a host in the last 24 hours is above the threshold. */
export const isOver24h = ({ byDay }: Pick<RiskCounts, 'byDay'>): boolean => Number(byDay.at(-1)) > scoreThreshold

/** The values of a field in the rows of a detection, counted event by event. Spellings that differ in case only are one. */
export function valuesOf(all: readonly Stored[], question: ValueQuestion): ValuePage {
  const { detection, mode, faithful, field, find, limit } = question
  const { numbers, family } = detections[detection]
  const isOfMode = ({ stack }: Hit) => (mode === 'faithful' ? stack.faithful : detection === family || stack.isComplete)
  const texts = hitsOf(all, numbers)
    .filter((hit) => isFit(hit, question, hit.stack.rule) && isOfMode(hit))
    .filter(({ stack }) => !question.isWeakened || stack.weakened)
    .filter(({ stack }) => [null, Number(stack.faithful)].includes(faithful))
    .map(({ row, stack }) => String((field === 'ID' ? stack.rule : row[field]) ?? 'NULL'))
    .filter((text) => find.length === 0 || find.some((pattern) => fits(pattern, text)))
  const groups = [...Map.groupBy(texts, (text) => text.toLowerCase())]
  const rows = inOrder(groups, ([key, of]) => [-of.length, key]).map(([, of]) => ({
    value: inOrder(of, (text) => [text])[0] ?? '',
    count: of.length,
  }))
  return { total: rows.length, events: texts.length, rows: rows.slice(0, limit) }
}
