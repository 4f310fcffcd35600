import { type FilterField, filterFields, type Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { anywhere, likeOf, readPattern } from './pattern.ts'

/** Texts up to which a pattern is searched by their numbers; more are looked up in the dictionary column by column. */
const few = 1000

/** The numbers of the texts that fit a LIKE pattern, by the pattern: of those that few texts fit. */
export type Found = ReadonlyMap<string, readonly number[]>

/** Parameters with what was found of their patterns in the dictionary. */
export type Searched = Params & { found?: Found }

const notInDictionary: readonly FilterField[] = ['dest', 'EventCode', 'feature']

function patternsOf({ q, filters }: Params): Set<string> {
  const written = filterFields
    .filter((field) => !notInDictionary.includes(field))
    .flatMap((field) => filters[field] ?? [])
  const patterns = written.map((text) => likeOf(readPattern(text)))
  return new Set(q === null ? patterns : [...patterns, likeOf(anywhere(q))])
}

/** Looks each pattern of the parameters up in the dictionary, once for all columns and statements. */
export async function search(store: Store, params: Searched): Promise<Searched> {
  if (params.found !== undefined) return params
  const found = new Map<string, number[]>()
  const look = async (pattern: string) => {
    const sql = `SELECT id FROM text WHERE value LIKE ? ESCAPE '\\' LIMIT ${few + 1}`
    const rows = await store.all<{ id: number }>(sql, [pattern])
    if (rows.length <= few)
      found.set(
        pattern,
        rows.map(({ id }) => id),
      )
  }
  await Promise.all([...patternsOf(params)].map(look))
  return { ...params, found }
}
