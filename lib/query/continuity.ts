import type { Params } from '#lib/params/params.ts'
import type { Store, Value } from '#lib/store/store.ts'
import type { BreakRow, ContinuityRow, Page, VersionRow } from './rows.ts'

/** What is asked of a list: all dests or one, and which rows. */
export type ListParams = { dest: string | null; offset: number; limit: number }

/** The lists that tell how whole an upload is. */
export const continuityLists = ['dests', 'breaks', 'versions'] as const
export type ContinuityListName = (typeof continuityLists)[number]

/** A page of one of the lists. */
export type FoundList =
  | ({ list: 'dests' } & Page<ContinuityRow>)
  | ({ list: 'breaks' } & Page<BreakRow>)
  | ({ list: 'versions' } & Page<VersionRow>)

/** The one dest that filters ask for, or null. It is meant as it is written: a wildcard is none. */
export const destAsked = (filters: Params['filters']): string | null => filters.dest?.[0]?.replace(/^=/, '') ?? null

/** An archive has what its logs have; `log` names which. `:id` is the upload, `:dest` one dest in lower case or NULL. */
const parts = `
  part AS (SELECT u.seq, iif(u.parent IS NULL, NULL, u.name) AS log FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq
    WHERE root.id = ?),
  told AS (SELECT part.log, c.* FROM part JOIN upload_continuity c ON c.upload = part.seq, (SELECT ? AS dest) asked
    WHERE asked.dest IS NULL OR c.dest_key = asked.dest)`

/** Ids of the answer to a query are missing because they were not asked for. */
const whole = (column: string): string => `iif(verdict = 'whole', ${column}, NULL)`

const dests = `WITH ${parts}
  SELECT log, told.dest, coalesce(of.events, 0) AS events, records, without_id AS withoutId, told.first_time AS firstTime,
    told.last_time AS lastTime, verdict, ${whole('gaps')} AS gaps, ${whole('missing')} AS missing,
    ${whole('silences')} AS silences, clears, clock_jumps AS clockJumps, unlisted_versions AS unlistedVersions
  FROM told LEFT JOIN dest d ON d.key = told.dest_key LEFT JOIN upload_dest of ON of.upload = told.upload AND of.dest_id = d.id`
const destOrder = 'clears + clockJumps DESC, coalesce(missing, 0) DESC, records DESC, dest, log'

const breaks = `WITH ${parts},
  link AS (SELECT log, told.dest, verdict, s.ord, after AS kind, ${whole('s.missing')} AS missing, lag(last_id) OVER w AS beforeId,
      first_id AS afterId, lag(s.last_time) OVER w AS beforeTime, s.first_time AS afterTime
    FROM told JOIN upload_stretch s ON s.upload = told.upload AND s.dest_key = told.dest_key
    WINDOW w AS (PARTITION BY s.upload, s.dest_key ORDER BY s.ord))
  SELECT log, dest, kind, missing, beforeId, afterId, beforeTime, afterTime FROM link
  WHERE kind IN ('cleared', 'clock') OR (kind IS NOT NULL AND verdict = 'whole')`
const breakOrder = `CASE kind WHEN 'cleared' THEN 1 WHEN 'clock' THEN 2 WHEN 'missing' THEN 3 ELSE 4 END,
  missing DESC, afterTime - beforeTime DESC, dest, log, beforeTime, beforeId`

const versions = `WITH ${parts}
  SELECT kind, version, count(DISTINCT v.dest_key) AS dests, sum(events) AS events, min(v.first_time) AS firstTime,
    max(v.last_time) AS lastTime
  FROM told JOIN upload_version v ON v.upload = told.upload AND v.dest_key = told.dest_key GROUP BY kind, version`
const versionOrder = 'kind, lastTime DESC, version'

const lists = {
  dests: { sql: dests, order: destOrder },
  breaks: { sql: breaks, order: breakOrder },
  versions: { sql: versions, order: versionOrder },
} as const

async function select<Row>(store: Store, list: ContinuityListName, id: string, params: ListParams): Promise<Page<Row>> {
  const { sql, order } = lists[list]
  const values: Value[] = [id, params.dest?.toLowerCase() ?? null]
  const [rows, [sum]] = await Promise.all([
    store.all<Row>(`${sql} ORDER BY ${order} LIMIT ? OFFSET ?`, [...values, params.limit, params.offset]),
    store.all<{ total: number }>(`SELECT count(*) AS total FROM (${sql})`, values),
  ])
  return { total: sum?.total ?? 0, rows }
}

/** Dests of an upload with how whole its log is for each, those with the most to look at first. */
export const selectContinuity = (store: Store, id: string, params: ListParams): Promise<Page<ContinuityRow>> =>
  select(store, 'dests', id, params)

/** Breaks of an upload: cleared logs, clocks that were set back, missing records from the most on, silences from the longest. */
export const selectBreaks = (store: Store, id: string, params: ListParams): Promise<Page<BreakRow>> =>
  select(store, 'breaks', id, params)

/** Versions that the events of an upload name, by kind, the newest seen first. */
export const selectVersions = (store: Store, id: string, params: ListParams): Promise<Page<VersionRow>> =>
  select(store, 'versions', id, params)

/** A page of the list of that name. */
export async function selectList(
  store: Store,
  list: ContinuityListName,
  id: string,
  params: ListParams,
): Promise<FoundList> {
  if (list === 'dests') return { list, ...(await selectContinuity(store, id, params)) }
  if (list === 'breaks') return { list, ...(await selectBreaks(store, id, params)) }
  return { list, ...(await selectVersions(store, id, params)) }
}

/** The columns of the lists, in order. */
export const listColumns: Record<ContinuityListName, readonly string[]> = {
  dests: [
    ...['log', 'dest', 'events', 'records', 'withoutId', 'firstTime', 'lastTime', 'verdict', 'gaps', 'missing'],
    ...['silences', 'clears', 'clockJumps', 'unlistedVersions'],
  ],
  breaks: ['log', 'dest', 'kind', 'missing', 'beforeId', 'afterId', 'beforeTime', 'afterTime'],
  versions: ['kind', 'version', 'dests', 'events', 'firstTime', 'lastTime'],
}

/** Every row of a list, for download. */
export const streamList = (store: Store, list: ContinuityListName, id: string, dest: string | null) =>
  store.stream<object>(`${lists[list].sql} ORDER BY ${lists[list].order}`, [id, dest?.toLowerCase() ?? null])
