import assert from 'node:assert/strict'
import { type Connection, openForWriting } from '#lib/store/sqlite/database.ts'
import { recounts, rules } from '#lib/store/sqlite/recounts.ts'

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

/** Every row of every table with its numbers replaced by what they refer to: the same in whatever order it was stored. */
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
  const described = (row: Row, without: string[] = []): string =>
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
  const fleets = new Map(rowsOf(db, 'fleet').map((row) => [row.id, described(row, totals)]))
  const stacks = new Map(rowsOf(db, 'stack').map((row) => [row.id, described(row)]))
  const events = new Map(rowsOf(db, 'event').map((row) => [row.id, described(row)]))
  const compared = tables.filter((table) => !table.startsWith('upload_') && !['detail', 'reject'].includes(table))
  return Object.fromEntries(
    compared.map((table) => [
      table,
      rowsOf(db, table)
        .map((row) => described({ ...row, ...reference(table, row) }))
        .sort(),
    ]),
  )
}

/** What must not be: each query returns rows that break the rule it is named after. */
const broken: Record<string, string> = {
  ...rules,
  'hosts of which no upload has an event':
    'SELECT key FROM dest WHERE id NOT IN (SELECT dest_id FROM event UNION SELECT dest_id FROM upload_dest)',
  'fleet stacks whose times are still to be found': 'SELECT id FROM stale_fleet',
}

/** Every total and rollup is what counting the events again returns, and no host is left without an event. */
export function assertTotalsHold(db: Connection): void {
  for (const [table, [stored, counted]] of Object.entries(recounts)) {
    const rows = (sql: string) => (db.prepare(sql).all() as Row[]).map(textOf).sort()
    assert.deepEqual(rows(stored), rows(counted), table)
  }
  for (const [rule, sql] of Object.entries(broken)) assert.deepEqual(db.prepare(sql).all(), [], rule)
}

/** The rules of the lookup. */
export const ruleRows = (db: Connection): { ID: string; ASR_Rule: string; short: string }[] =>
  db.prepare('SELECT ID, ASR_Rule, short FROM asr_rule').all() as { ID: string; ASR_Rule: string; short: string }[]

/** Lets no upload be created in a database until the function that it returns is called. */
export function refuseUploads(file: string): () => void {
  const run = (sql: string): void => {
    const db = openForWriting(file)
    db.exec(sql)
    db.close()
  }
  run("CREATE TRIGGER refuse BEFORE INSERT ON upload BEGIN SELECT raise(ABORT, 'not now'); END")
  return () => run('DROP TRIGGER refuse')
}
