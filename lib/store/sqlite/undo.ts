import { detections } from '#lib/asr/detections.ts'
import type { Connection } from './database.ts'

/** The UTC day of an hour since 1970. */
const dayOf = (hour: string): string => `(${hour} - ((${hour} % 24) + 24) % 24) / 24`

/** The row of the hour rollup that `gone_stack g` names. */
const inHour = `stack_hour.detection = g.detection AND stack_hour.day = ${dayOf('g.hour')} AND stack_hour.dest_id = g.dest_id
  AND stack_hour.hour = g.hour AND stack_hour.stack_id = g.stack_id`

/**
 * Takes an upload's events back, so that every total and rollup is what it was before. Works on what the upload
 * touched, not on all there is. To be called inside a transaction.
 */
export function openUndo(db: Connection) {
  db.exec(`
    CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY, dest_id, EventCode, rule_id, stack_id, audit_id, time, hour);
    CREATE TEMP TABLE gone_member (stack_id, time, event_id, hour, PRIMARY KEY (stack_id, time, event_id)) WITHOUT ROWID;
    CREATE TEMP TABLE gone_stack (stack_id, hour, count, detection, dest_id, PRIMARY KEY (stack_id, hour)) WITHOUT ROWID;
    CREATE TEMP TABLE gone_fleet (id INTEGER PRIMARY KEY);
  `)
  const gather = [
    `INSERT INTO gone SELECT e.id, e.dest_id, e.EventCode, e.rule_id, e.stack_id, e.audit_id, e.time,
       (e.time - ((e.time % 3600000) + 3600000) % 3600000) / 3600000
     FROM detail d JOIN event e ON e.id BETWEEN d.first_event AND d.last_event WHERE d.upload = ?`,
    `INSERT INTO gone_member
     SELECT stack_id, time, id, hour FROM gone
     UNION ALL SELECT audit_id, time, id, hour FROM gone WHERE audit_id <> 0
     UNION ALL SELECT e.stack_id, e.time, e.event_id, g.hour FROM stack s
       CROSS JOIN event_stack e ON e.stack_id = s.id
       CROSS JOIN gone g ON g.id = e.event_id
       WHERE s.dest_id IN (SELECT dest_id FROM gone WHERE EventCode = 5007) AND +s.detection IN (${detections.registry.numbers.join(', ')})`,
    `INSERT INTO gone_stack SELECT g.*, s.detection, s.dest_id
     FROM (SELECT stack_id, hour, count(*) FROM gone_member GROUP BY stack_id, hour) g JOIN stack s ON s.id = g.stack_id`,
    'DELETE FROM event_stack WHERE (stack_id, time, event_id) IN (SELECT stack_id, time, event_id FROM gone_member)',
    'DELETE FROM event WHERE id IN (SELECT id FROM gone)',
  ]
  const subtract = [
    `UPDATE stack_hour SET count = stack_hour.count - g.count FROM gone_stack g WHERE ${inHour}`,
    `UPDATE stack SET count = stack.count - g.count FROM (SELECT stack_id, sum(count) AS count FROM gone_stack GROUP BY stack_id) g
     WHERE stack.id = g.stack_id`,
    `UPDATE fleet SET count = fleet.count - g.count
     FROM (SELECT s.fleet_id, sum(g.count) AS count FROM gone_stack g JOIN stack s ON s.id = g.stack_id GROUP BY s.fleet_id) g
     WHERE fleet.id = g.fleet_id`,
    `UPDATE fleet_dest SET stacks = fleet_dest.stacks - g.stacks
     FROM (SELECT fleet_id, dest_id, count(*) AS stacks FROM stack
           WHERE count = 0 AND fleet_id <> 0 AND id IN (SELECT stack_id FROM gone_stack) GROUP BY 1, 2) g
     WHERE fleet_dest.fleet_id = g.fleet_id AND fleet_dest.dest_id = g.dest_id`,
    `INSERT OR IGNORE INTO gone_fleet SELECT fleet_id FROM stack
     WHERE fleet_id <> 0 AND id IN (SELECT stack_id FROM gone_stack)`,
    `UPDATE hour_rule SET count = hour_rule.count - g.count
     FROM (SELECT hour, EventCode, rule_id, count(*) AS count FROM gone GROUP BY 1, 2, 3) g
     WHERE hour_rule.hour = g.hour AND hour_rule.EventCode = g.EventCode AND hour_rule.rule_id = g.rule_id`,
    `UPDATE dest_rule SET count = dest_rule.count - g.count
     FROM (SELECT dest_id, EventCode, rule_id, count(*) AS count FROM gone GROUP BY 1, 2, 3) g
     WHERE dest_rule.dest_id = g.dest_id AND dest_rule.EventCode = g.EventCode AND dest_rule.rule_id = g.rule_id`,
  ]
  const clear = [
    `UPDATE dest_day SET events = dest_day.events - g.events
     FROM (SELECT stack_hour.detection, stack_hour.day, stack_hour.dest_id, count(*) AS events
           FROM gone_stack g JOIN stack_hour ON ${inHour} WHERE stack_hour.count = 0 GROUP BY 1, 2, 3) g
     WHERE dest_day.detection = g.detection AND dest_day.day = g.day AND dest_day.dest_id = g.dest_id`,
    'DELETE FROM dest_day WHERE events = 0',
    `DELETE FROM stack_hour WHERE count = 0 AND (detection, day, dest_id, hour, stack_id) IN
       (SELECT detection, ${dayOf('hour')}, dest_id, hour, stack_id FROM gone_stack)`,
    'DELETE FROM fleet_dest WHERE stacks = 0 AND fleet_id IN (SELECT id FROM gone_fleet)',
    `UPDATE fleet SET dests = (SELECT count(*) FROM fleet_dest d WHERE d.fleet_id = fleet.id)
     WHERE id IN (SELECT id FROM gone_fleet)`,
    'DELETE FROM fleet WHERE count = 0 AND id IN (SELECT id FROM gone_fleet)',
    'DELETE FROM stack WHERE count = 0 AND id IN (SELECT stack_id FROM gone_stack)',
    'DELETE FROM hour_rule WHERE count = 0 AND hour IN (SELECT hour FROM gone)',
    'DELETE FROM dest_rule WHERE count = 0 AND dest_id IN (SELECT dest_id FROM gone)',
  ]
  const span = [
    `UPDATE stack_hour SET first_time = g.first, last_time = g.last
     FROM (SELECT g.*, min(e.time) AS first, max(e.time) AS last FROM gone_stack g
           JOIN event_stack e ON e.stack_id = g.stack_id AND e.time >= g.hour * 3600000 AND e.time < (g.hour + 1) * 3600000
           GROUP BY g.stack_id, g.hour) AS g
     WHERE ${inHour}`,
    `UPDATE stack SET
       first_time = (SELECT min(time) FROM event_stack e WHERE e.stack_id = stack.id),
       last_time = (SELECT max(time) FROM event_stack e WHERE e.stack_id = stack.id)
     WHERE id IN (SELECT stack_id FROM gone_stack)`,
    `UPDATE fleet SET first_time = r.first, last_time = r.last
     FROM (SELECT fleet_id, min(first_time) AS first, max(last_time) AS last FROM stack
           WHERE fleet_id IN (SELECT id FROM gone_fleet) GROUP BY fleet_id) r
     WHERE fleet.id = r.fleet_id`,
    `UPDATE dest_rule SET first_time = r.first, last_time = r.last
     FROM (SELECT e.dest_id, e.EventCode, e.rule_id, min(e.time) AS first, max(e.time) AS last FROM event e
           JOIN (SELECT DISTINCT dest_id FROM gone) g ON g.dest_id = e.dest_id GROUP BY 1, 2, 3) r
     WHERE dest_rule.dest_id = r.dest_id AND dest_rule.EventCode = r.EventCode AND dest_rule.rule_id = r.rule_id`,
    'DELETE FROM gone',
    'DELETE FROM gone_member',
    'DELETE FROM gone_stack',
    'DELETE FROM gone_fleet',
  ]
  const [collect, ...rest] = gather.map((sql) => db.prepare(sql))
  const steps = [...subtract, ...clear, ...span].map((sql) => db.prepare(sql))
  const dropRows = [
    'DELETE FROM detail WHERE upload = ?',
    'DELETE FROM reject WHERE upload = ?',
    `DELETE FROM dest WHERE id IN (SELECT dest_id FROM upload_dest WHERE upload = ?)
     AND NOT EXISTS (SELECT 1 FROM dest_rule r WHERE r.dest_id = dest.id)
     AND (SELECT count(*) FROM upload_dest u WHERE u.dest_id = dest.id) = 1`,
    'DELETE FROM upload_dest WHERE upload = ?',
    'DELETE FROM upload_continuity WHERE upload = ?',
    'DELETE FROM upload_stretch WHERE upload = ?',
    'DELETE FROM upload_version WHERE upload = ?',
  ].map((sql) => db.prepare(sql))

  return (upload: number): void => {
    collect?.run(upload)
    for (const step of [...rest, ...steps]) step.run()
    for (const drop of dropRows) drop.run(upload)
  }
}
