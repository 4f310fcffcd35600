import type { Store } from '#lib/store/store.ts'
import { held, inPlace } from './held.ts'
import type { Place } from './rows.ts'

/** Events of one dest and code: in both uploads, and in one only. */
export type HeldCount = Record<Place, number> & { dest_key: string; EventCode: number }

/** Counts the events of two uploads, once for all that is told of them. */
export const selectHeldCounts = (store: Store, ids: [string, string]): Promise<HeldCount[]> =>
  store.all<HeldCount>(
    `WITH ${held} SELECT d.key AS dest_key, c.* FROM (
       SELECT dest_id, EventCode, sum(${inPlace.both}) AS "both", sum(${inPlace.a}) AS a, sum(${inPlace.b}) AS b
       FROM held GROUP BY dest_id, EventCode) c JOIN dest d ON d.id = c.dest_id ORDER BY EventCode`,
    ids,
  )

/** Their sums by a key, in the order in which the keys come. */
export function sumBy<Key>(counts: readonly HeldCount[], keyOf: (count: HeldCount) => Key) {
  const sums = new Map<Key, Record<Place, number>>()
  for (const count of counts) {
    const key = keyOf(count)
    const { both, a, b } = sums.get(key) ?? { both: 0, a: 0, b: 0 }
    sums.set(key, { both: both + count.both, a: a + count.a, b: b + count.b })
  }
  return sums
}
