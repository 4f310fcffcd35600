import type { Page, Receipt, RejectRow, UploadTotals } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sorted } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { orderBy } from './order.ts'

type Stored = Omit<Receipt, 'otherCodes'> & { otherCodes: string }

/**
 * A receipt of an archive is the sum of its logs' receipts; `u` is the upload, `p` it and its logs. A log that is being
 * undone counts no more: half removed, its own sum does not add up. Uploads stay in SQLite whatever store has the events, so
 * that their JSON functions may stay too.
 */
const receipts = (where: string, tail: string): string => `
  WITH root AS (SELECT * FROM upload u WHERE ${where} ${tail}),
  part AS (SELECT root.seq AS root, p.* FROM root JOIN upload p ON p.seq = root.seq OR (p.parent = root.seq AND (p.state <> 'removing' OR root.state = 'removing'))),
  sums AS (SELECT root, sum(records) AS records, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(rejects) AS rejects, sum(unparsed) AS unparsed, sum(unchecked) AS unchecked,
      min(first_time) AS "firstTime", max(last_time) AS "lastTime", (SELECT count(*) FROM upload l WHERE l.parent = root) AS logs FROM part GROUP BY root),
  code AS (SELECT part.root, j.key, sum(j.value) AS count FROM part, json_each(part.other_codes) j GROUP BY part.root, j.key)
  SELECT root.id, root.name, root.format, root.state, root.bytes, root.bytes_read AS "bytesRead", sums.records, sums.stored,
    sums.duplicates, (SELECT json_group_object(key, count) FROM code WHERE code.root = root.seq) AS "otherCodes", sums.rejects,
    sums."firstTime", sums."lastTime",
    (SELECT count(DISTINCT d.dest_id) FROM part JOIN upload_dest d ON d.upload = part.seq WHERE part.root = root.seq) AS dests,
    root.tz, root.dest, root.created_at AS "createdAt", root.finished_at AS "finishedAt", root.error, sums.unparsed, sums.logs, sums.unchecked
  FROM root JOIN sums ON sums.root = root.seq`

const receipt = (row: Stored): Receipt => ({ ...row, otherCodes: JSON.parse(row.otherCodes) })

const columns: Record<string, string> = { createdAt: 'root.created_at', name: 'root.name', state: 'root.state' }
const named = (column: string): string => columns[column] ?? `sums."${column}"`

/** The uploads. The logs of an archive are counted in it. */
export async function uploads(sql: Sql, { sort, page }: Sorted): Promise<Page<Receipt>> {
  const rows = await sql.all<Stored>(
    `${receipts('parent IS NULL', '')} ORDER BY ${orderBy(sort, 'root.seq', named)} LIMIT ? OFFSET ?`,
    [page.limit, page.offset],
  )
  const [sum] = await sql.all<{ total: number }>('SELECT count(*) AS total FROM upload WHERE parent IS NULL')
  return { total: sum?.total ?? 0, rows: rows.map(receipt) }
}

/** The one receipt of a query; null if there is none. */
async function one(sql: Sql, where: string, tail: string, values: string[] = []): Promise<Receipt | null> {
  const [row] = await sql.all<Stored>(receipts(where, tail), values)
  return row === undefined ? null : receipt(row)
}
const newest = 'ORDER BY seq DESC LIMIT 1'

/** All uploads and logs of archives but those logs that are being undone, as in receipts. */
const counted = `SELECT u.* FROM upload u LEFT JOIN upload root ON root.seq = u.parent
  WHERE u.parent IS NULL OR u.state <> 'removing' OR root.state = 'removing'`

/** All uploads, summed. */
export async function uploadTotals(sql: Sql): Promise<UploadTotals> {
  const [sums] = await sql.all<UploadTotals>(
    `WITH counted AS (${counted})
     SELECT count(*) FILTER (WHERE parent IS NULL) AS uploads, coalesce(sum(records), 0) AS records, coalesce(sum(stored), 0) AS stored,
       coalesce(sum(duplicates), 0) AS duplicates, coalesce(sum(rejects), 0) AS rejects,
       (SELECT coalesce(sum(j.value), 0) FROM counted c, json_each(c.other_codes) j) AS other
     FROM counted`,
  )
  return sums ?? { uploads: 0, records: 0, stored: 0, duplicates: 0, other: 0, rejects: 0 }
}

/** The upload that another one is compared with if nobody says otherwise: the newest that has a host of it. */
export async function comparableWith(sql: Sql, id: string): Promise<string | null> {
  const [found] = await sql.all<{ id: string }>(
    `WITH own AS (SELECT u.seq FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq WHERE root.id = ?),
     other AS (SELECT seq, id FROM upload WHERE parent IS NULL AND state = 'done' AND id <> ? ORDER BY seq DESC LIMIT 20)
     SELECT other.id FROM other ORDER BY CASE WHEN EXISTS (
       SELECT 1 FROM own JOIN upload_continuity c ON c.upload = own.seq
       JOIN upload part ON part.seq = other.seq OR part.parent = other.seq
       JOIN upload_continuity d ON d.upload = part.seq AND d.dest_key = c.dest_key) THEN 0 ELSE 1 END, other.seq DESC LIMIT 1`,
    [id, id],
  )
  return found?.id ?? null
}

/** The newest upload. */
export const newestUpload = (sql: Sql): Promise<Receipt | null> => one(sql, 'parent IS NULL', newest)

/** The receipt of one upload, also while it is being read. */
export const upload = (sql: Sql, id: string): Promise<Receipt | null> => one(sql, 'u.id = ?', '', [id])

/** The newest upload that is done and whose id begins with a text. */
export const uploadNamed = (sql: Sql, prefix: string): Promise<Receipt | null> =>
  one(sql, "substr(u.id, 1, length(?)) = ? AND u.state = 'done'", newest, [prefix, prefix])

/** The name of the upload that is being removed; null if there is none. */
export async function removing(sql: Sql): Promise<string | null> {
  const [row] = await sql.all<{ name: string }>(
    "SELECT name FROM upload WHERE state = 'removing' ORDER BY parent IS NOT NULL, seq LIMIT 1",
  )
  return row?.name ?? null
}

/** The id of the archive that a log came in; null if it came alone, or if the log is unknown. */
export async function archiveOf(sql: Sql, id: string): Promise<string | null> {
  const [row] = await sql.all<{ id: string }>(
    'SELECT root.id FROM upload u JOIN upload root ON root.seq = u.parent WHERE u.id = ?',
    [id],
  )
  return row?.id ?? null
}

/** The receipts of the logs that came in an archive, in its order. */
export async function logs(sql: Sql, id: string): Promise<Receipt[]> {
  const rows = await sql.all<Stored>(
    `${receipts('u.parent = (SELECT seq FROM upload WHERE id = ?)', '')} ORDER BY root.seq`,
    [id],
  )
  return rows.map(receipt)
}

/** Rejects of an upload and, if it is an archive, of its logs: `log` names which. */
const rejected = `
  SELECT iif(u.parent IS NULL, NULL, u.name) AS log, r.record, r.line, r."offset", r.reason, r.detail, r.snippet
  FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq JOIN reject r ON r.upload = u.seq
  WHERE root.id = ?`

/** A page of the rejects of an upload, in the order of the log. */
export async function rejects(sql: Sql, id: string, { limit, offset }: PageRange): Promise<Page<RejectRow>> {
  const rows = await sql.all<RejectRow>(`${rejected} ORDER BY u.seq, r.record LIMIT ? OFFSET ?`, [id, limit, offset])
  const [sum] = await sql.all<{ total: number }>(`SELECT count(*) AS total FROM (${rejected}) r`, [id])
  return { total: sum?.total ?? 0, rows }
}

/** How many records of an upload could not be kept because they name no host. */
export async function countWithoutDest(sql: Sql, id: string): Promise<number> {
  const [sum] = await sql.all<{ total: number }>(
    `SELECT count(*) AS total FROM (${rejected}) r WHERE reason = 'no-dest'`,
    [id],
  )
  return sum?.total ?? 0
}

/** Every reject of an upload, for download. */
export const rejectRows = (sql: Sql, id: string): AsyncGenerator<RejectRow[]> =>
  sql.stream<RejectRow>(`${rejected} ORDER BY u.seq, r.record`, [id])

/** Events stored from one upload, by EventCode: with `otherCodes`, what was in the file. */
export const storedCodes = (sql: Sql, id: string): Promise<{ EventCode: number; count: number }[]> =>
  sql.all(
    `SELECT e."EventCode", count(*) AS count FROM upload u JOIN upload p ON p.seq = u.seq OR p.parent = u.seq
     JOIN (SELECT upload, id AS detail_id FROM detail UNION SELECT upload, detail_id FROM adopted) f ON f.upload = p.seq
     JOIN detail d ON d.id = f.detail_id
     JOIN event e ON e.id BETWEEN d.first_event AND d.last_event AND e.upload = p.seq WHERE u.id = ? GROUP BY 1 ORDER BY 1`,
    [id],
  )
