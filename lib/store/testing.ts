import assert from 'node:assert/strict'
import type { Connection } from '#lib/store/sqlite/database.ts'

type Row = Record<string, unknown>
type Dump = Record<string, string[]>

/** What is counted, and what it is counted from. Texts that no row names any more may stay: they say nothing. */
const tables = [
  'dest',
  'event',
  'event_change',
  'stack',
  'stack_total',
  'detection_total',
  'stack_hour',
  'dest_day',
  'hour_rule',
  'dest_rule',
  'fleet',
  'stale_fleet',
  'upload_dest',
  'upload_continuity',
  'upload_stretch',
  'upload_version',
  'detail',
  'reject',
] as const

const rowsOf = (db: Connection, table: string): Row[] => db.prepare(`SELECT * FROM "${table}"`).all() as Row[]
const shown = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('hex') : value)
const textOf = (row: Row): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).map(([k, v]) => [k, shown(v)])))

/** Every row of every table, numbers and all. */
export const dump = (db: Connection): Dump =>
  Object.fromEntries(tables.map((table) => [table, rowsOf(db, table).map(textOf).sort()]))

/** Every row of every table with its numbers told as what they stand for: the same in whatever order it was stored. */
export function contentDump(db: Connection): Dump {
  const texts = new Map(rowsOf(db, 'text').map(({ id, value }) => [id, value]))
  const dests = new Map(rowsOf(db, 'dest').map(({ id, key }) => [id, key]))
  const stackOf = (id: unknown) => stacks.get(id) ?? assert.fail(`there is no stack ${id}`)
  const names: Record<string, (id: unknown) => unknown> = {
    dest_id: (id) => dests.get(id) ?? assert.fail(`there is no dest ${id}`),
    fleet_id: (id) => (id === 0 ? null : (fleets.get(id) ?? assert.fail(`there is no fleet stack ${id}`))),
    stack_id: stackOf,
    audit_id: (id) => (id === 0 ? null : stackOf(id)),
    event_id: (id) => events.get(id) ?? assert.fail(`there is no event ${id}`),
  }
  const own = new Set(['id', 'upload', 'detail_id', 'slot', 'name'])
  // The key of a host is its name; that of a stack is what identifies it.
  const isOwn = (column: string, value: unknown) => own.has(column) || (column === 'key' && !Buffer.isBuffer(value))
  const told = (row: Row, without: string[] = []): string =>
    textOf(
      Object.fromEntries(
        Object.entries(row)
          .filter(([column, value]) => !isOwn(column, value) && !without.includes(column))
          .map(([column, value]) => [column, name(column, value)]),
      ),
    )
  function name(column: string, id: unknown): unknown {
    if (names[column] !== undefined) return names[column](id)
    if (column === 'record_id' || !column.endsWith('_id')) return id
    return id === 0 ? null : (texts.get(id) ?? assert.fail(`there is no text ${id} for ${column}`))
  }
  /** Tables whose row number is that of another table. */
  const reference = (table: string, { id }: Row): Row =>
    table === 'stack_total' ? { stack_id: id } : table === 'stale_fleet' ? { fleet_id: id } : {}
  const totals = ['dests', 'count', 'first_time', 'last_time']
  const fleets = new Map(rowsOf(db, 'fleet').map((row) => [row.id, told(row, totals)]))
  const stacks = new Map(rowsOf(db, 'stack').map((row) => [row.id, told(row)]))
  const events = new Map(rowsOf(db, 'event').map((row) => [row.id, told(row)]))
  const compared = tables.filter((table) => !table.startsWith('upload_') && !['detail', 'reject'].includes(table))
  return Object.fromEntries(
    compared.map((table) => [
      table,
      rowsOf(db, table)
        .map((row) => told({ ...row, ...reference(table, row) }))
        .sort(),
    ]),
  )
}

const hour = '(time - ((time % 3600000) + 3600000) % 3600000) / 3600000'

/** Every stack that each event is in. */
const members = `WITH member AS (
  SELECT stack_id, time, id AS event_id, dest_id, EventCode FROM event
  UNION ALL SELECT audit_id, time, id, dest_id, EventCode FROM event WHERE audit_id <> 0
  UNION ALL SELECT c.stack_id, e.time, e.id, e.dest_id, e.EventCode FROM event_change c JOIN event e ON e.id = c.event_id)`

/** Each total and rollup counted again from the events and the stacks they are in. */
const recounts: Record<string, string> = {
  dest_day: `SELECT detection, (hour - ((hour % 24) + 24) % 24) / 24 AS day, dest_id, count(*) AS events FROM stack_hour
    WHERE faithful < 2 AND detection IN (SELECT id FROM detection WHERE risk_score > 0) GROUP BY 1, 2, 3`,
  hour_rule: `SELECT ${hour} AS hour, EventCode, rule_id, count(*) AS count FROM event GROUP BY 1, 2, 3`,
  dest_rule: `SELECT dest_id, EventCode, rule_id, count(*) AS count, min(time) AS first_time, max(time) AS last_time
    FROM event GROUP BY 1, 2, 3`,
  stack: `${members} SELECT * FROM stack WHERE id IN (SELECT stack_id FROM member)`,
  stack_total: `${members} SELECT s.detection, s.id, s.faithful, count(*) AS count, min(time) AS first_time, max(time) AS last_time
    FROM member JOIN stack s ON s.id = member.stack_id GROUP BY s.id`,
  detection_total: `${members} SELECT s.detection, s.faithful, count(DISTINCT s.id) AS stacks, count(*) AS events
    FROM member JOIN stack s ON s.id = member.stack_id GROUP BY 1, 2`,
  stack_hour: `${members} SELECT s.detection, (${hour} - ((${hour} % 24) + 24) % 24) / 24 AS day, s.dest_id, ${hour} AS hour, s.id AS stack_id,
      s.EventCode, s.rule_id, s.faithful, count(*) AS count,
      min(time) AS first_time, max(time) AS last_time
    FROM member JOIN stack s ON s.id = member.stack_id GROUP BY s.id, 4`,
  fleet: `SELECT f.id, e.EventCode, e.rule_id, e.process_id, e.path_id, count(DISTINCT e.dest_id) AS dests, count(*) AS count,
      min(e.time) AS first_time, max(e.time) AS last_time
    FROM event e JOIN fleet f ON f.process_id = e.process_id AND f.path_id = e.path_id AND f.rule_id = e.rule_id
      AND f.EventCode = e.EventCode GROUP BY e.EventCode, e.rule_id, e.process_id, e.path_id`,
  stale_fleet: 'SELECT id FROM stale_fleet WHERE false',
}

/** What must not be: each query returns rows that break the rule it is named after. */
const broken: Record<string, string> = {
  'hosts of which no upload has an event':
    'SELECT key FROM dest WHERE id NOT IN (SELECT dest_id FROM event UNION SELECT dest_id FROM upload_dest)',
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

/** Every total and rollup is what counting the events again returns, and no host is left without an event. */
export function assertTotalsHold(db: Connection): void {
  for (const [table, sql] of Object.entries(recounts)) {
    const counted = (db.prepare(sql).all() as Row[]).map(textOf).sort()
    assert.deepEqual(rowsOf(db, table).map(textOf).sort(), counted, table)
  }
  for (const [rule, sql] of Object.entries(broken)) assert.deepEqual(db.prepare(sql).all(), [], rule)
}
