import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'
import { anywhere, likeOf } from './pattern.ts'

/** Texts up to which a search is made by their numbers; more are looked up in the dictionary column by column. */
const few = 1000

/** The numbers of the texts that hold the free text; null where they are not few. */
export type Found = readonly number[] | null

export type Searched = Params & { found?: Found }

/** Looks the free text up in the dictionary, once for all the columns that are searched. */
export async function search(store: Store, params: Searched): Promise<Searched> {
  if (params.q === null || params.found !== undefined) return params
  const rows = await store.all<{ id: number }>(`SELECT id FROM text WHERE value LIKE ? ESCAPE '\\' LIMIT ${few + 1}`, [
    likeOf(anywhere(params.q)),
  ])
  return { ...params, found: rows.length > few ? null : rows.map(({ id }) => id) }
}
