import assert from 'node:assert/strict'
import type { Connection } from '#lib/store/sqlite/database.ts'

type Row = Record<string, unknown>
type Dump = Record<string, string[]>

/** What is counted, and what it is counted from. Texts that no row names any more may stay: they say nothing. */
const tables = [
  'dest',
  'event',
  'event_stack',
  'stack',
  'stack_hour',
  'dest_day',
  'hour_rule',
  'dest_rule',
  'fleet',
  'fleet_dest',
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
  const own = new Set(['id', 'upload', 'detail_id', 'slot', 'name', 'key'])
  const told = (row: Row, without: string[] = []): string =>
    textOf(
      Object.fromEntries(
        Object.entries(row)
          .filter(([column]) => !own.has(column) && !without.includes(column))
          .map(([column, value]) => [column, name(column, value)]),
      ),
    )
  function name(column: string, id: unknown): unknown {
    if (names[column] !== undefined) return names[column](id)
    if (column === 'record_id' || !column.endsWith('_id')) return id
    return id === 0 ? null : (texts.get(id) ?? assert.fail(`there is no text ${id} for ${column}`))
  }
  const totals = ['dests', 'count', 'first_time', 'last_time']
  const fleets = new Map(rowsOf(db, 'fleet').map((row) => [row.id, told(row, totals)]))
  const stacks = new Map(rowsOf(db, 'stack').map((row) => [row.id, told(row, totals)]))
  const events = new Map(rowsOf(db, 'event').map((row) => [row.id, told(row)]))
  const compared = tables.filter((table) => !table.startsWith('upload_') && !['detail', 'reject'].includes(table))
  return Object.fromEntries(
    compared.map((table) => [
      table,
      rowsOf(db, table)
        .map((row) => told(row))
        .sort(),
    ]),
  )
}

const hour = '(time - ((time % 3600000) + 3600000) % 3600000) / 3600000'

/** Each total and rollup counted anew from the events and the stacks they are in. */
const recounts: Record<string, string> = {
  dest_day: `SELECT detection, (hour - ((hour % 24) + 24) % 24) / 24 AS day, dest_id, count(*) AS events FROM stack_hour
    WHERE detection IN (SELECT id FROM detection WHERE risk_score > 0) GROUP BY 1, 2, 3`,
  hour_rule: `SELECT ${hour} AS hour, EventCode, rule_id, count(*) AS count FROM event GROUP BY 1, 2, 3`,
  dest_rule: `SELECT dest_id, EventCode, rule_id, count(*) AS count, min(time) AS first_time, max(time) AS last_time
    FROM event GROUP BY 1, 2, 3`,
  stack: `SELECT s.id, s.detection, s.fleet_id, s.dest_id, s.key, s.EventCode, s.rule_id, s.process_id, s.path_id, s.command_id,
      s.old_id, s.new_id, s.old_state, s.new_state, s.faithful, count(*) AS count, min(e.time) AS first_time, max(e.time) AS last_time
    FROM event_stack e JOIN stack s ON s.id = e.stack_id GROUP BY s.id`,
  stack_hour: `SELECT s.detection, (${hour} - ((${hour} % 24) + 24) % 24) / 24 AS day, s.dest_id, ${hour} AS hour, s.id AS stack_id,
      s.EventCode, s.rule_id, s.faithful, count(*) AS count,
      min(time) AS first_time, max(time) AS last_time
    FROM event_stack e JOIN stack s ON s.id = e.stack_id GROUP BY s.id, 4`,
  fleet: `SELECT f.id, e.EventCode, e.rule_id, e.process_id, e.path_id, count(DISTINCT e.dest_id) AS dests, count(*) AS count,
      min(e.time) AS first_time, max(e.time) AS last_time
    FROM event e JOIN fleet f ON f.process_id = e.process_id AND f.path_id = e.path_id AND f.rule_id = e.rule_id
      AND f.EventCode = e.EventCode GROUP BY e.EventCode, e.rule_id, e.process_id, e.path_id`,
  fleet_dest: `SELECT fleet_id, dest_id, count(*) AS stacks FROM stack WHERE fleet_id <> 0 GROUP BY 1, 2`,
}

/** Every total and rollup is what counting the events anew gives, and no dest is left without an event. */
export function assertTotalsHold(db: Connection): void {
  for (const [table, sql] of Object.entries(recounts)) {
    const counted = (db.prepare(sql).all() as Row[]).map(textOf).sort()
    assert.deepEqual(rowsOf(db, table).map(textOf).sort(), counted, table)
  }
  const stray = db
    .prepare('SELECT key FROM dest WHERE id NOT IN (SELECT dest_id FROM event UNION SELECT dest_id FROM upload_dest)')
    .all()
  assert.deepEqual(stray, [], 'dests of which no upload has an event')
  const unstacked = db
    .prepare(
      `SELECT id, stack_id FROM event UNION ALL SELECT id, audit_id FROM event WHERE audit_id <> 0
       EXCEPT SELECT event_id, stack_id FROM event_stack`,
    )
    .all()
  assert.deepEqual(unstacked, [], 'events that the list of their stack has not')
}
