import { dayLength } from '#lib/asr/hours.ts'
import type { HostBreak, Page } from '#lib/model/rows.ts'
import type { HostBreakQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'

/**
 * Breaks of one kind within logs: what is before and after them. `sums` names the column that says which hosts have some. The
 * same break in several uploads is one.
 */
const between = (kind: 'cleared' | 'silence', sums: 'clears' | 'silences'): string =>
  `SELECT min(c.dest) AS dest, b.last_time AS time, s.first_time AS until, min(u.id) AS upload
   FROM upload_continuity c CROSS JOIN upload_stretch s ON s.upload = c.upload AND s.dest_key = c.dest_key
   CROSS JOIN upload_stretch b ON b.upload = s.upload AND b.dest_key = s.dest_key AND b.ord = s.ord - 1
   JOIN upload u ON u.seq = c.upload
   WHERE c.${sums} > 0 AND s.after = '${kind}' AND u.state = 'done'
     ${kind === 'silence' ? "AND c.verdict = 'unbroken'" : ''} AND (? IS NULL OR c.dest_key = ?)
   GROUP BY c.dest_key, b.last_id, s.first_id, b.last_time, s.first_time`

/**
 * Hosts whose newest record is more than a day older than the newest of the log it is from, whatever the host of that. A host of
 * which a newer record or event is stored from elsewhere did not stop, and of the result of a query nothing is known.
 */
const stopped = `SELECT min(c.dest) AS dest, c.last_time AS time, max(log.time) AS until, min(log.id) AS upload
   FROM (
     SELECT c.upload, u.id, max(c.last_time) AS time FROM upload_continuity c JOIN upload u ON u.seq = c.upload
     WHERE u.state = 'done' GROUP BY c.upload, u.id) log
   CROSS JOIN upload_continuity c ON c.upload = log.upload
   JOIN (
     SELECT c.dest_key, max(c.last_time) AS time FROM upload_continuity c JOIN upload u ON u.seq = c.upload
     WHERE u.state = 'done' GROUP BY c.dest_key) newest ON newest.dest_key = c.dest_key AND newest.time = c.last_time
   WHERE c.verdict = 'unbroken' AND c.last_time < log.time - ${dayLength} AND (? IS NULL OR c.dest_key = ?)
     AND NOT EXISTS (SELECT 1 FROM dest d JOIN dest_rule r ON r.dest_id = d.id WHERE d.key = c.dest_key AND r.last_time > c.last_time)
   GROUP BY c.dest_key, c.last_time`

const kinds = { cleared: between('cleared', 'clears'), silence: between('silence', 'silences'), stopped }

/** One page of the breaks of a kind, the latest first. */
export async function hostBreaks(sql: Sql, { kind, dest, range, page }: HostBreakQuestion): Promise<Page<HostBreak>> {
  const key = dest?.toLowerCase() ?? null
  const found = `SELECT b.* FROM (${kinds[kind]}) b WHERE (? IS NULL OR b.until >= ?) AND (? IS NULL OR b.time <= ?)`
  const values = [key, key, range.from, range.from, range.to, range.to]
  const [rows, [sum]] = await Promise.all([
    sql.all<HostBreak>(`SELECT f.* FROM (${found}) f ORDER BY f.time DESC, f.dest, f.until LIMIT ? OFFSET ?`, [
      ...values,
      page.limit,
      page.offset,
    ]),
    sql.all<{ total: number }>(`SELECT count(*) AS total FROM (${found}) f`, values),
  ])
  return { total: sum?.total ?? 0, rows }
}
