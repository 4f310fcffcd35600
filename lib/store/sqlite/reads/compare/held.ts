import type { Place } from '#lib/model/compared.ts'

/** The logs of two uploads, `a` and `b`, those of archives each. Bind the two ids. */
export const sides = `
  side AS MATERIALIZED (
    SELECT 'a' AS side, u.seq FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq WHERE root.id = ?
    UNION ALL
    SELECT 'b', u.seq FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq WHERE root.id = ?)`

/**
 * The events that two uploads have, whichever of them or of others stored them first: those whose EventRecordID and time
 * are in a stretch of the upload, because a stretch has every record of its ids. Dests of which an upload has records without
 * ids, or more stretches than are kept, are left out. Bind the two ids.
 */
export const held = `${sides},
  dest_side AS MATERIALIZED (
    SELECT c.dest_key, side, min(c.dest) AS dest, sum(c.records) AS records, coalesce(sum(of.events), 0) AS events,
      min(c.first_time) AS first_time, max(c.last_time) AS last_time,
      max(iif(c.verdict IN ('no-ids', 'scattered') OR c.without_id > 0 OR c.stretches >
        (SELECT count(*) FROM upload_stretch k WHERE k.upload = c.upload AND k.dest_key = c.dest_key), 1, 0)) AS is_unknown
    FROM side JOIN upload_continuity c ON c.upload = side.seq
    LEFT JOIN dest d ON d.key = c.dest_key LEFT JOIN upload_dest of ON of.upload = c.upload AND of.dest_id = d.id
    GROUP BY c.dest_key, side),
  comparable AS MATERIALIZED (SELECT dest_key FROM dest_side GROUP BY dest_key HAVING max(is_unknown) = 0),
  held AS MATERIALIZED (
    SELECT e.id, max(e.dest_id) AS dest_id, max(e."EventCode") AS "EventCode", max(iif(side.side = 'a', 1, 0)) AS in_a,
      max(iif(side.side = 'b', 1, 0)) AS in_b
    FROM side CROSS JOIN upload_stretch t ON t.upload = side.seq
    CROSS JOIN comparable ON comparable.dest_key = t.dest_key
    CROSS JOIN dest d ON d.key = t.dest_key
    CROSS JOIN event e ON e.dest_id = d.id AND e.time / 1000 BETWEEN t.first_time / 1000 - 60 AND t.last_time / 1000 + 60
      AND e.record_id BETWEEN t.first_id AND t.last_id AND +e.time BETWEEN t.first_time - 60000 AND t.last_time + 60000
    GROUP BY e.id)`

/** Of a row of `held`: 1 if it is in both uploads, or in one only, else 0. */
export const inPlace: Record<Place, string> = {
  both: 'in_a * in_b',
  a: 'in_a * (1 - in_b)',
  b: 'in_b * (1 - in_a)',
}
