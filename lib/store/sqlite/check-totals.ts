import type { Connection } from './database.ts'

/** Totals that must agree, each pair of queries returning the same rows. */
export const totalChecks: Record<string, [string, string]> = {
  'detection_total, stack_total': [
    'SELECT detection, faithful, stacks, events FROM detection_total ORDER BY 1, 2',
    'SELECT detection, faithful, count(*), sum(count) FROM stack_total GROUP BY 1, 2 ORDER BY 1, 2',
  ],
  'stack_total, stack_hour': [
    'SELECT detection, sum(count) FROM stack_total GROUP BY 1 ORDER BY 1',
    'SELECT detection, sum(count) FROM stack_hour GROUP BY 1 ORDER BY 1',
  ],
  'stacks, events': [
    `SELECT coalesce(sum(t.count) FILTER (WHERE s.fleet_id <> 0), 0), coalesce(sum(t.count), 0)
     FROM stack_total t JOIN stack s ON s.id = t.id AND s.detection = t.detection`,
    `SELECT count(*), count(*) + count(nullif(audit_id, 0)) + (SELECT count(*) FROM event_change) FROM event`,
  ],
  'totals by rule, events': [
    'SELECT EventCode, sum(count) FROM dest_rule GROUP BY 1 ORDER BY 1',
    'SELECT EventCode, count(*) FROM event GROUP BY 1 ORDER BY 1',
  ],
  'risk by day, risk by hour': [
    'SELECT detection, day, sum(events) FROM dest_day GROUP BY 1, 2 ORDER BY 1, 2',
    `SELECT detection, day, count(*) FROM stack_hour WHERE faithful < 2 AND detection IN (SELECT id FROM detection WHERE risk_score > 0)
     GROUP BY 1, 2 ORDER BY 1, 2`,
  ],
  'fleet, stack_total': [
    'SELECT count(*), coalesce(sum(count), 0), coalesce(sum(dests), 0) FROM fleet',
    `SELECT count(DISTINCT s.fleet_id), coalesce(sum(t.count), 0), (SELECT count(*) FROM (SELECT DISTINCT fleet_id, dest_id FROM stack WHERE fleet_id <> 0))
     FROM stack s JOIN stack_total t ON t.detection = s.detection AND t.id = s.id WHERE s.fleet_id <> 0`,
  ],
  'totals by hour, totals by host': [
    'SELECT EventCode, rule_id, sum(count) FROM hour_rule GROUP BY 1, 2 ORDER BY 1, 2',
    'SELECT EventCode, rule_id, sum(count) FROM dest_rule GROUP BY 1, 2 ORDER BY 1, 2',
  ],
}

/** Compares stored totals with what they are counted from. Returns a sentence for each disagreement. */
export function checkTotals(db: Connection, names = Object.keys(totalChecks)): string[] {
  return names.flatMap((name) => {
    const [stored, counted] = (totalChecks[name] ?? []).map((sql) => JSON.stringify(db.prepare(sql).raw().all()))
    return stored === counted ? [] : [`${name} disagree: ${stored} against ${counted}`]
  })
}
