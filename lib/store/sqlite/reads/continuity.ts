import type { ContinuityLists, Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sql, Value } from '../sql.ts'

/** An archive has what its logs have; `log` names which. `:id` is the upload, `:dest` one dest in lower case or NULL. */
const parts = `
  part AS (SELECT u.seq, iif(u.parent IS NULL, NULL, u.name) AS log FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq
    WHERE root.id = ?),
  continuity AS (SELECT part.log, c.* FROM part JOIN upload_continuity c ON c.upload = part.seq, (SELECT ? AS dest) asked
    WHERE asked.dest IS NULL OR c.dest_key = asked.dest)`

/** Ids of the answer to a query are missing because they were not asked for. */
const ifUnbroken = (column: string): string => `iif(verdict = 'unbroken', ${column}, NULL)`

const dests = `WITH ${parts}
  SELECT log, continuity.dest, coalesce(of.events, 0) AS events, records, without_id AS "withoutId", continuity.first_time AS "firstTime",
    continuity.last_time AS "lastTime", verdict, ${ifUnbroken('gaps')} AS gaps, ${ifUnbroken('missing')} AS missing,
    ${ifUnbroken('silences')} AS silences, clears, clock_jumps AS "clockJumps", unlisted_versions AS "unlistedVersions"
  FROM continuity LEFT JOIN dest d ON d.key = continuity.dest_key LEFT JOIN upload_dest of ON of.upload = continuity.upload AND of.dest_id = d.id`
const destOrder = 'clears + "clockJumps" DESC, coalesce(missing, 0) DESC, records DESC, dest, log'

const breaks = `WITH ${parts},
  link AS (SELECT log, continuity.dest, verdict, s.ord, after AS kind, ${ifUnbroken('s.missing')} AS missing, lag(last_id) OVER w AS "beforeId",
      first_id AS "afterId", lag(s.last_time) OVER w AS "beforeTime", s.first_time AS "afterTime"
    FROM continuity JOIN upload_stretch s ON s.upload = continuity.upload AND s.dest_key = continuity.dest_key
    WINDOW w AS (PARTITION BY s.upload, s.dest_key ORDER BY s.ord))
  SELECT log, dest, kind, missing, "beforeId", "afterId", "beforeTime", "afterTime" FROM link
  WHERE kind IN ('cleared', 'clock') OR (kind IS NOT NULL AND verdict = 'unbroken')`
const breakOrder = `CASE kind WHEN 'cleared' THEN 1 WHEN 'clock' THEN 2 WHEN 'missing' THEN 3 ELSE 4 END,
  missing DESC, "afterTime" - "beforeTime" DESC, dest, log, "beforeTime", "beforeId"`

const versions = `WITH ${parts}
  SELECT kind, version, count(DISTINCT v.dest_key) AS dests, sum(events) AS events, min(v.first_time) AS "firstTime",
    max(v.last_time) AS "lastTime"
  FROM continuity JOIN upload_version v ON v.upload = continuity.upload AND v.dest_key = continuity.dest_key GROUP BY kind, version`
const versionOrder = 'kind, "lastTime" DESC, version'

const lists = {
  dests: { sql: dests, order: destOrder },
  breaks: { sql: breaks, order: breakOrder },
  versions: { sql: versions, order: versionOrder },
} as const

/** SQL of a list in its order, which is applied outside, so that a name can only be that of a column shown. */
const ordered = (list: keyof ContinuityLists): string =>
  `SELECT r.* FROM (${lists[list].sql}) r ORDER BY ${lists[list].order}`

const valuesOf = (id: string, dest: string | null): Value[] => [id, dest?.toLowerCase() ?? null]

/** A page of one of the lists: of one dest, or of all. */
export async function continuity<List extends keyof ContinuityLists>(
  sql: Sql,
  list: List,
  id: string,
  { dest, limit, offset }: PageRange & { dest: string | null },
): Promise<Page<ContinuityLists[List]>> {
  const values = valuesOf(id, dest)
  const [rows, [sum]] = await Promise.all([
    sql.all<ContinuityLists[List]>(`${ordered(list)} LIMIT ? OFFSET ?`, [...values, limit, offset]),
    sql.all<{ total: number }>(`SELECT count(*) AS total FROM (${lists[list].sql}) r`, values),
  ])
  return { total: sum?.total ?? 0, rows }
}

/** Every row of a list, for download. */
export const continuityRows = (
  sql: Sql,
  list: keyof ContinuityLists,
  id: string,
  dest: string | null,
): AsyncGenerator<object[]> => sql.stream<object>(ordered(list), valuesOf(id, dest))
