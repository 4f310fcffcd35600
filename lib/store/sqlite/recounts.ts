import { hourLength, hoursOfDay } from '#lib/asr/hours.ts'
import { startOf } from './sql-hours.ts'

const hour = `${startOf('time', hourLength)} / ${hourLength}`
const dayOfHour = (column: string): string => `${startOf(column, hoursOfDay)} / ${hoursOfDay}`

/** Every stack that each event is in. */
const members = `WITH member AS (
  SELECT stack_id, time, id AS event_id, dest_id, EventCode FROM event
  UNION ALL SELECT audit_id, time, id, dest_id, EventCode FROM event WHERE audit_id <> 0
  UNION ALL SELECT c.stack_id, e.time, e.id, e.dest_id, e.EventCode FROM event_change c JOIN event e ON e.id = c.event_id)`

const all = (table: string): string => `SELECT * FROM ${table}`
// While an upload is removed, these wait for their time spans to be found again.
const settled = 'f.id NOT IN (SELECT id FROM stale_fleet)'

/** The rows of each total and rollup, and the same counted again from the events and the stacks they are in. */
export const recounts: Record<string, [string, string]> = {
  dest_day: [
    all('dest_day'),
    `SELECT detection, ${dayOfHour('hour')} AS day, dest_id, count(*) AS events FROM stack_hour
     WHERE faithful < 2 AND detection IN (SELECT id FROM detection WHERE risk_score > 0) GROUP BY 1, 2, 3`,
  ],
  hour_rule: [
    all('hour_rule'),
    `SELECT ${hour} AS hour, EventCode, rule_id, count(*) AS count FROM event GROUP BY 1, 2, 3`,
  ],
  dest_rule: [
    all('dest_rule'),
    `SELECT dest_id, EventCode, rule_id, count(*) AS count, min(time) AS first_time, max(time) AS last_time
     FROM event GROUP BY 1, 2, 3`,
  ],
  stack: [all('stack'), `${members} SELECT * FROM stack WHERE id IN (SELECT stack_id FROM member)`],
  stack_total: [
    all('stack_total'),
    `${members} SELECT s.detection, s.id, s.faithful, count(*) AS count, min(time) AS first_time, max(time) AS last_time
     FROM member JOIN stack s ON s.id = member.stack_id GROUP BY s.id`,
  ],
  detection_total: [
    all('detection_total'),
    `${members} SELECT s.detection, s.faithful, count(DISTINCT s.id) AS stacks, count(*) AS events
     FROM member JOIN stack s ON s.id = member.stack_id GROUP BY 1, 2`,
  ],
  stack_hour: [
    all('stack_hour'),
    `${members} SELECT s.detection, ${dayOfHour(`(${hour})`)} AS day, s.dest_id, ${hour} AS hour, s.id AS stack_id,
       s.EventCode, s.rule_id, s.faithful, count(*) AS count,
       min(time) AS first_time, max(time) AS last_time
     FROM member JOIN stack s ON s.id = member.stack_id GROUP BY s.id, 4`,
  ],
  fleet: [
    `SELECT * FROM fleet f WHERE ${settled}`,
    `SELECT f.id, e.EventCode, e.rule_id, e.process_id, e.path_id, count(DISTINCT e.dest_id) AS dests, count(*) AS count,
       min(e.time) AS first_time, max(e.time) AS last_time
     FROM event e JOIN fleet f ON f.process_id = e.process_id AND f.path_id = e.path_id AND f.rule_id = e.rule_id
       AND f.EventCode = e.EventCode WHERE ${settled} GROUP BY e.EventCode, e.rule_id, e.process_id, e.path_id`,
  ],
}

/** What must not be: each query returns rows that break the rule it is named after. */
export const rules: Record<string, string> = {
  'events in a stack that does not exist, or is of another host or code': `${members} SELECT event_id, stack_id FROM member
    EXCEPT SELECT event_id, stack_id FROM member JOIN stack s
      ON s.id = member.stack_id AND s.dest_id = member.dest_id AND s.EventCode = member.EventCode`,
  'changes of an event that does not exist': 'SELECT * FROM event_change WHERE event_id NOT IN (SELECT id FROM event)',
  'events in a stack of the wrong detection': `SELECT e.id FROM event e
    LEFT JOIN stack s ON s.id = e.stack_id AND s.detection IN (1, 3) AND s.rule_id = e.rule_id
      AND s.process_id = e.process_id AND s.path_id = e.path_id AND s.command_id = e.parent_id
    LEFT JOIN stack a ON a.id = e.audit_id AND a.detection = 2 AND a.rule_id = e.rule_id
      AND a.process_id = e.process_id AND a.path_id = e.path_id AND a.command_id = e.target_id
    WHERE s.id IS NULL OR (e.audit_id <> 0 AND a.id IS NULL)
    UNION ALL SELECT c.event_id FROM event_change c LEFT JOIN stack s ON s.id = c.stack_id AND s.detection IN (4, 5)
    WHERE s.id IS NULL`,
  'stacks that count towards the wrong stack of the fleet': `SELECT s.id FROM stack s
    LEFT JOIN fleet f ON f.id = s.fleet_id AND f.EventCode = s.EventCode AND f.rule_id = s.rule_id
      AND f.process_id = s.process_id AND f.path_id = s.path_id
    WHERE iif(s.detection IN (1, 3), f.id IS NULL, s.fleet_id <> 0)`,
  'stacks of the fleet with another number of hosts': `SELECT id, dests FROM fleet
    EXCEPT SELECT fleet_id, count(DISTINCT dest_id) FROM stack WHERE fleet_id <> 0 GROUP BY 1`,
}
