import type { Store } from '#lib/store/store.ts'
import { selectBreaks } from '../continuity.ts'
import { selectUpload } from '../uploads.ts'
import { selectCodes } from './codes.ts'
import { selectComparedDests } from './dests.ts'
import { held, inPlace, sides } from './held.ts'
import type { ComparedVersion, Comparison, Place } from './rows.ts'

/** Compares two uploads: their dests, a page of them, and what they have in common. Null where one of them is not there. */
export async function selectComparison(
  store: Store,
  [idA, idB]: [string, string],
  page: { offset: number; limit: number },
): Promise<Comparison | null> {
  const [a, b] = await Promise.all([selectUpload(store, idA), selectUpload(store, idB)])
  if (a === null || b === null) return null
  const breaksOf = async (id: string) => (await selectBreaks(store, id, { dest: null, offset: 0, limit: 0 })).total
  const [dests, versions, [sums], breaksA, breaksB] = await Promise.all([
    selectComparedDests(store, [idA, idB], page),
    store.all<ComparedVersion>(versionsSql, [idA, idB]),
    store.all<Record<Place, number> & { untold: number }>(
      `WITH ${held} SELECT coalesce(sum(${inPlace.both}), 0) AS "both", coalesce(sum(${inPlace.a}), 0) AS a,
         coalesce(sum(${inPlace.b}), 0) AS b,
         (SELECT count(*) FROM (SELECT 1 FROM dest_side GROUP BY dest_key HAVING max(isUntold) = 1)) AS untold FROM held`,
      [idA, idB],
    ),
    breaksOf(idA),
    breaksOf(idB),
  ])
  const { untold = 0, ...events } = sums ?? { both: 0, a: 0, b: 0 }
  const codes = await selectCodes(store, a, b, untold > 0)
  return { a, b, dests, events, untold, breaks: { a: breaksA, b: breaksB }, codes, versions }
}

const versionsSql = `
  WITH ${sides}
  SELECT kind, version, sum(iif(side = 'a', events, 0)) AS a, sum(iif(side = 'b', events, 0)) AS b
  FROM side JOIN upload_version v ON v.upload = side.seq GROUP BY kind, version ORDER BY kind, max(v.last_time) DESC, version`
