import { isStackKey } from '#lib/asr/stack-key.ts'
import { type FilterField, filterFields } from '#lib/params/params.ts'
import type { Pattern } from '#lib/params/pattern.ts'
import type { Filter, Found } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { fittingTexts, likeOf } from './condition.ts'

/** Texts up to which a pattern is searched by their numbers; more are looked up in the dictionary column by column. */
const few = 1000

/** The numbers of the texts that fit a LIKE pattern, by the pattern: of those that few texts fit. */
export type Texts = ReadonlyMap<string, readonly number[]>

/** A row of `stack`, with its host and the times of its first and last event. */
export type Stack = { id: number; detection: number; dest_id: number; first: number; last: number }

/**
 * What was found of a filter: texts of its patterns, and the rows of the stack that it names: null if it names none, empty
 * if there is none of that key. While stored events are recomputed, a key may have two rows.
 */
class SqliteFound implements Found {
  readonly foundBy = SqliteFound
  readonly texts: Texts
  readonly stacks: readonly Stack[] | null
  constructor(texts: Texts, stacks: readonly Stack[] | null) {
    this.texts = texts
    this.stacks = stacks
  }
}

function own(found: Found): SqliteFound {
  if (found instanceof SqliteFound) return found
  throw new TypeError('What another store found cannot be read by this one.')
}
export const textsOf = (found: Found): Texts => own(found).texts
export const stacksAsked = (found: Found): readonly Stack[] | null => own(found).stacks

/** The rows of a stack by its key. A text that is not a key finds none. */
export async function stacksOfKey(sql: Sql, key: string): Promise<Stack[]> {
  if (!isStackKey(key)) return []
  const hex = Buffer.from(key, 'base64url').toString('hex')
  return sql.all<Stack>(
    `SELECT s.id, s.detection, s.dest_id, t.first_time AS first, t.last_time AS last
     FROM stack s CROSS JOIN stack_total t ON t.detection = s.detection AND t.id = s.id
     WHERE substr(s.key, 1, 6) = unhex(?) AND s.key = unhex(?) ORDER BY s.id`,
    [hex.slice(0, 12), hex],
  )
}

const notInDictionary: readonly FilterField[] = ['dest', 'EventCode', 'feature']

function patternsOf({ fields, text }: Filter): Map<string, Pattern> {
  const ofTexts = filterFields.filter((field) => !notInDictionary.includes(field))
  const patterns = [...ofTexts.flatMap((field) => fields[field] ?? []), ...(text === null ? [] : [text])]
  return new Map(patterns.map((pattern) => [likeOf(pattern), pattern]))
}

/** Looks up each pattern of a filter in the dictionary, and the stack it names, once for all statements. */
export async function find(sql: Sql, filter: Filter): Promise<Found> {
  const texts = new Map<string, number[]>()
  const look = async ([like, pattern]: [string, Pattern]) => {
    const { sql: fitting, values } = fittingTexts(pattern)
    const rows = await sql.all<{ id: number }>(`${fitting} LIMIT ${few + 1}`, values)
    if (rows.length <= few)
      texts.set(
        like,
        rows.map(({ id }) => id),
      )
  }
  const [stacks] = await Promise.all([
    filter.stack === null ? null : stacksOfKey(sql, filter.stack),
    ...[...patternsOf(filter)].map(look),
  ])
  return new SqliteFound(texts, stacks)
}
