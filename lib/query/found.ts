import { isStackKey } from '#lib/asr/stack-key.ts'
import { type FilterField, filterFields, type Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { anywhere, likeOf, type Pattern, readPattern, textFits } from './pattern.ts'

/** Texts up to which a pattern is searched by their numbers; more are looked up in the dictionary column by column. */
const few = 1000

/** The numbers of the texts that fit a LIKE pattern, by the pattern: of those that few texts fit. */
export type Found = ReadonlyMap<string, readonly number[]>

/** A row of `stack`, with its host and the times of its first and last event. */
export type Stack = { id: number; detection: number; dest_id: number; first: number; last: number }

/**
 * Parameters with what was found of their patterns in the dictionary, and of the stack they name: null if they name none,
 * empty if there is none of that key. While stored events are recomputed, a key may have two rows.
 */
export type Searched = Params & { found?: Found; stacks?: readonly Stack[] | null }

/** The rows of a stack by its key. A text that is not a key finds none. */
async function stacksOfKey(store: Store, key: string): Promise<Stack[]> {
  if (!isStackKey(key)) return []
  const hex = Buffer.from(key, 'base64url').toString('hex')
  return store.all<Stack>(
    `SELECT s.id, s.detection, s.dest_id, t.first_time AS first, t.last_time AS last
     FROM stack s CROSS JOIN stack_total t ON t.detection = s.detection AND t.id = s.id
     WHERE substr(s.key, 1, 6) = unhex(?) AND s.key = unhex(?) ORDER BY s.id`,
    [hex.slice(0, 12), hex],
  )
}

const notInDictionary: readonly FilterField[] = ['dest', 'EventCode', 'feature']

function patternsOf({ q, filters }: Params): Map<string, Pattern> {
  const written = filterFields
    .filter((field) => !notInDictionary.includes(field))
    .flatMap((field) => filters[field] ?? [])
  const patterns = [...written.map(readPattern), ...(q === null ? [] : [anywhere(q)])]
  return new Map(patterns.map((pattern) => [likeOf(pattern), pattern]))
}

/** Whether any event is stored of the stack with this key. */
export const hasStack = async (store: Store, key: string): Promise<boolean> =>
  (await stacksOfKey(store, key)).length > 0

/** Looks up each pattern of the parameters in the dictionary, and the stack they name, once for all statements. */
export async function search(store: Store, params: Searched): Promise<Searched> {
  const stacks = params.stack === null ? null : (params.stacks ?? (await stacksOfKey(store, params.stack)))
  if (params.found !== undefined) return { ...params, stacks }
  const found = new Map<string, number[]>()
  const look = async ([like, pattern]: [string, Pattern]) => {
    const { sql, values } = textFits('value', pattern)
    const rows = await store.all<{ id: number }>(`SELECT id FROM text WHERE ${sql} LIMIT ${few + 1}`, values)
    if (rows.length <= few)
      found.set(
        like,
        rows.map(({ id }) => id),
      )
  }
  await Promise.all([...patternsOf(params)].map(look))
  return { ...params, found, stacks }
}
