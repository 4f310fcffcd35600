import type { Store } from '#lib/store/store.ts'
import { selectBreaks } from '../continuity.ts'
import { selectUpload } from '../uploads.ts'
import { comparedCodes } from './codes.ts'
import { selectHeldCounts, sumBy } from './counts.ts'
import { selectComparedDests } from './dests.ts'
import { held, sides } from './held.ts'
import type { ComparedVersion, Comparison } from './rows.ts'

/** Compares two uploads: their dests, a page of them, and what they have in common. Null where one of them is not there. */
export async function selectComparison(
  store: Store,
  [idA, idB]: [string, string],
  page: { offset: number; limit: number },
): Promise<Comparison | null> {
  const [a, b] = await Promise.all([selectUpload(store, idA), selectUpload(store, idB)])
  if (a === null || b === null) return null
  const breaksOf = async (id: string) => (await selectBreaks(store, id, { dest: null, offset: 0, limit: 0 })).total
  const [counts, versions, [sum], breaksA, breaksB] = await Promise.all([
    selectHeldCounts(store, [idA, idB]),
    store.all<ComparedVersion>(versionsSql, [idA, idB]),
    store.all<{ untold: number }>(untoldSql, [idA, idB]),
    breaksOf(idA),
    breaksOf(idB),
  ])
  const untold = sum?.untold ?? 0
  const dests = await selectComparedDests(store, [idA, idB], counts, page)
  const events = sumBy(counts, () => 'all').get('all') ?? { both: 0, a: 0, b: 0 }
  const codes = comparedCodes(a, b, counts, untold > 0)
  return { a, b, dests, events, untold, breaks: { a: breaksA, b: breaksB }, codes, versions }
}

const untoldSql = `
  WITH ${held}
  SELECT count(*) AS untold FROM (SELECT 1 FROM dest_side GROUP BY dest_key HAVING max(isUntold) = 1)`

const versionsSql = `
  WITH ${sides}
  SELECT kind, version, sum(iif(side = 'a', events, 0)) AS a, sum(iif(side = 'b', events, 0)) AS b
  FROM side JOIN upload_version v ON v.upload = side.seq GROUP BY kind, version ORDER BY kind, max(v.last_time) DESC, version`
