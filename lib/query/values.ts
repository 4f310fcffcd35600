import { codes, type Feature, featureNames } from '#lib/asr/codes.ts'
import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import type { ValuePage } from '#lib/model/rows.ts'
import { literal } from '#lib/params/link.ts'
import type { FilterField, Params } from '#lib/params/params.ts'
import { anywhere, fits, readPattern } from '#lib/params/pattern.ts'
import type { EventReads, ValueQuestion } from '#lib/store/reads.ts'
import { ask, asked, type Question } from './question.ts'
import { fieldsOf, isWithin, ruleFields, sourceOf } from './source.ts'

/** Tables that values are counted in: rows of a detection, or all events. */
export type ValueTable = DetectionKey | 'events'
export const valueTables: readonly ValueTable[] = [...detectionKeys, 'events']

/** Values that are listed if a request does not say how many. */
export const valuesAtOnce = 50

type Asking = { table: ValueTable; field: FilterField; find: string; limit: number }

/**
 * The values that a field has under the range and the other filters, the most frequent first. Values that are left out stay left out; those that are
 * asked for do not count, since one more is to be added to them. `find`: a text in the value, or in the name of its rule, code or feature.
 */
export async function selectValues(reads: EventReads, params: Params, now: number, asking: Asking): Promise<ValuePage> {
  const { field, find, limit } = asking
  const { [field]: own = [], ...others } = params.filters
  const excluded = own.filter((written) => written.startsWith('!'))
  const filters = excluded.length === 0 ? others : { ...others, [field]: excluded }
  const question = await ask(reads, { ...params, filters }, now)
  if (field === 'feature' || field === 'EventCode') return fewValues(reads, question, { ...asking, field })
  const patterns = find === '' ? [] : [anywhere(find), ...(field === 'ID' ? await rulesNamed(reads, find) : [])]
  return reads.values({ ...questionOf(question, asking.table, field), find: patterns, limit })
}

function questionOf(
  question: Question,
  table: ValueTable,
  field: ValueQuestion['field'],
): Omit<ValueQuestion, 'find' | 'limit'> {
  const { mode, faithful, weakened } = question.params
  const detection = table === 'events' ? 'stacking' : table
  const isOfRules =
    detection === 'stacking' &&
    (table === 'events' || (mode === 'complete' && faithful === null)) &&
    ruleFields.includes(field)
  const isByRule = isOfRules && question.filter.stack === null && isWithin(question.filter, ruleFields)
  const grain = isByRule ? 'rule' : fieldsOf(detection).includes(field) ? 'stack' : 'event'
  return {
    ...asked(question),
    ...(table === 'events' ? { mode: 'complete' } : {}),
    detection,
    field,
    faithful: table === 'events' ? null : faithful,
    isWeakened: weakened === 1,
    grain,
    source: grain === 'event' ? 'events' : sourceOf(question, fieldsOf(detection)),
  }
}

/** Patterns of the GUIDs of rules whose name, or its short form, has a text in it. */
async function rulesNamed(reads: EventReads, find: string) {
  const names = await reads.ruleNames()
  return names
    .filter(({ name, short }) => fits(anywhere(find), name) || fits(anywhere(find), short))
    .map(({ ID }) => readPattern(literal(ID)))
}

/** Codes, or their features: all of them are asked for, and found by what they mean too. */
async function fewValues(
  reads: EventReads,
  question: Question,
  { table, field, find, limit }: Asking & { field: 'feature' | 'EventCode' },
): Promise<ValuePage> {
  const all = await reads.values({
    ...questionOf(question, table, 'EventCode'),
    find: [],
    limit: Number.MAX_SAFE_INTEGER,
  })
  const counts = new Map<string, number>()
  for (const { value, count } of all.rows) {
    const key = field === 'EventCode' ? value : (codes[Number(value)]?.feature ?? value)
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  const meaning = (key: string) =>
    (field === 'EventCode' ? codes[Number(key)]?.meaning : featureNames[key as Feature]) ?? ''
  const rows = [...counts]
    .map(([value, count]) => ({ value, count }))
    .filter(({ value }) => [value, meaning(value)].some((text) => fits(anywhere(find), text)))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { total: rows.length, events: rows.reduce((sum, { count }) => sum + count, 0), rows: rows.slice(0, limit) }
}
