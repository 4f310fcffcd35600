import type { Connection } from './database.ts'

/**
 * Takes an upload's events back, so that every total and rollup is what it was before. Works on what the upload
 * touched, not on all there is. To be called inside a transaction.
 */
export function openUndo(db: Connection) {
  db.exec(`
    CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY, dest_id, EventCode, rule_id, hour);
    CREATE TEMP TABLE gone_stack (stack_id, hour, count, PRIMARY KEY (stack_id, hour)) WITHOUT ROWID;
  `)
  const gather = [
    `INSERT INTO gone SELECT e.id, e.dest_id, e.EventCode, e.rule_id, (e.time - ((e.time % 3600000) + 3600000) % 3600000) / 3600000
     FROM detail d JOIN event e ON e.id BETWEEN d.first_event AND d.last_event WHERE d.upload = ?`,
    `INSERT INTO gone_stack
     SELECT s.stack_id, g.hour, count(*) FROM gone g JOIN event_stack s ON s.event_id = g.id GROUP BY s.stack_id, g.hour`,
    'DELETE FROM event_stack WHERE event_id IN (SELECT id FROM gone)',
    'DELETE FROM event WHERE id IN (SELECT id FROM gone)',
  ]
  const subtract = [
    `UPDATE stack_hour SET count = stack_hour.count - g.count FROM gone_stack g
     WHERE stack_hour.hour = g.hour AND stack_hour.stack_id = g.stack_id`,
    `UPDATE stack SET count = stack.count - g.count FROM (SELECT stack_id, sum(count) AS count FROM gone_stack GROUP BY stack_id) g
     WHERE stack.id = g.stack_id`,
    `UPDATE hour_rule SET count = hour_rule.count - g.count
     FROM (SELECT hour, EventCode, rule_id, count(*) AS count FROM gone GROUP BY 1, 2, 3) g
     WHERE hour_rule.hour = g.hour AND hour_rule.EventCode = g.EventCode AND hour_rule.rule_id = g.rule_id`,
    `UPDATE dest_rule SET count = dest_rule.count - g.count
     FROM (SELECT dest_id, EventCode, rule_id, count(*) AS count FROM gone GROUP BY 1, 2, 3) g
     WHERE dest_rule.dest_id = g.dest_id AND dest_rule.EventCode = g.EventCode AND dest_rule.rule_id = g.rule_id`,
  ]
  const clear = [
    'DELETE FROM stack_hour WHERE count = 0 AND (hour, stack_id) IN (SELECT hour, stack_id FROM gone_stack)',
    'DELETE FROM stack WHERE count = 0 AND id IN (SELECT stack_id FROM gone_stack)',
    'DELETE FROM hour_rule WHERE count = 0 AND hour IN (SELECT hour FROM gone)',
    'DELETE FROM dest_rule WHERE count = 0 AND dest_id IN (SELECT dest_id FROM gone)',
    `DELETE FROM dest WHERE id IN (SELECT dest_id FROM gone)
     AND NOT EXISTS (SELECT 1 FROM dest_rule r WHERE r.dest_id = dest.id)`,
  ]
  const span = [
    `UPDATE stack_hour SET first_time = r.first, last_time = r.last
     FROM (SELECT g.stack_id, g.hour, min(e.time) AS first, max(e.time) AS last FROM gone_stack g
           JOIN event_stack e ON e.stack_id = g.stack_id AND e.time >= g.hour * 3600000 AND e.time < (g.hour + 1) * 3600000
           GROUP BY 1, 2) r
     WHERE stack_hour.hour = r.hour AND stack_hour.stack_id = r.stack_id`,
    `UPDATE stack SET
       first_time = (SELECT min(time) FROM event_stack e WHERE e.stack_id = stack.id),
       last_time = (SELECT max(time) FROM event_stack e WHERE e.stack_id = stack.id)
     WHERE id IN (SELECT stack_id FROM gone_stack)`,
    `UPDATE dest_rule SET first_time = r.first, last_time = r.last
     FROM (SELECT e.dest_id, e.EventCode, e.rule_id, min(e.time) AS first, max(e.time) AS last FROM event e
           JOIN (SELECT DISTINCT dest_id FROM gone) g ON g.dest_id = e.dest_id GROUP BY 1, 2, 3) r
     WHERE dest_rule.dest_id = r.dest_id AND dest_rule.EventCode = r.EventCode AND dest_rule.rule_id = r.rule_id`,
    'DELETE FROM gone',
    'DELETE FROM gone_stack',
  ]
  const [collect, ...rest] = gather.map((sql) => db.prepare(sql))
  const steps = [...subtract, ...clear, ...span].map((sql) => db.prepare(sql))
  const dropRows = ['DELETE FROM detail WHERE upload = ?', 'DELETE FROM reject WHERE upload = ?'].map((sql) =>
    db.prepare(sql),
  )

  return (upload: number): void => {
    collect?.run(upload)
    for (const step of [...rest, ...steps]) step.run()
    for (const drop of dropRows) drop.run(upload)
  }
}
