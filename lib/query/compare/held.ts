import type { Place } from './rows.ts'

/** The logs of two uploads, `a` and `b`, those of archives each. Bind the two ids. */
export const sides = `
  side AS MATERIALIZED (
    SELECT 'a' AS side, u.seq FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq WHERE root.id = ?
    UNION ALL
    SELECT 'b', u.seq FROM upload root JOIN upload u ON u.seq = root.seq OR u.parent = root.seq WHERE root.id = ?)`

/**
 * The events that two uploads hold, whichever of them or of others stored them first: those whose EventRecordID and time
 * lie in a stretch of the upload, for a stretch has every record of its ids. Dests of which an upload has records without
 * ids, or more stretches than are kept, are left out. Bind the two ids.
 */
export const held = `${sides},
  dest_side AS MATERIALIZED (
    SELECT c.dest_key, side, min(c.dest) AS dest, sum(c.records) AS records, coalesce(sum(of.events), 0) AS events,
      min(c.first_time) AS firstTime, max(c.last_time) AS lastTime,
      max(c.verdict IN ('no-ids', 'scattered') OR c.without_id > 0 OR c.stretches >
        (SELECT count(*) FROM upload_stretch k WHERE k.upload = c.upload AND k.dest_key = c.dest_key)) AS isUntold
    FROM side JOIN upload_continuity c ON c.upload = side.seq
    LEFT JOIN dest d ON d.key = c.dest_key LEFT JOIN upload_dest of ON of.upload = c.upload AND of.dest_id = d.id
    GROUP BY c.dest_key, side),
  told AS MATERIALIZED (SELECT dest_key FROM dest_side GROUP BY dest_key HAVING max(isUntold) = 0),
  held AS MATERIALIZED (
    SELECT e.id, e.dest_id, e.EventCode, max(side.side = 'a') AS inA, max(side.side = 'b') AS inB
    FROM side CROSS JOIN upload_stretch t ON t.upload = side.seq
    CROSS JOIN told ON told.dest_key = t.dest_key
    CROSS JOIN dest d ON d.key = t.dest_key
    CROSS JOIN event e ON e.dest_id = d.id AND e.time / 1000 BETWEEN t.first_time / 1000 - 60 AND t.last_time / 1000 + 60
      AND e.record_id BETWEEN t.first_id AND t.last_id AND +e.time BETWEEN t.first_time - 60000 AND t.last_time + 60000
    GROUP BY e.id)`

/** The condition on a row of `held` by which it is in both uploads or in one only. */
export const inPlace: Record<Place, string> = { both: 'inA AND inB', a: 'inA AND NOT inB', b: 'inB AND NOT inA' }
