import { checkTotals, totalChecks } from './check-totals.ts'
import type { Connection } from './database.ts'
import { isCurrent } from './migrate.ts'
import { recounts, rules } from './recounts.ts'

/** One check of a database: what is checked, and a function that returns what is wrong, null if nothing is. */
export type Check = { name: string; run: () => string | null }

/** Problems of the file that are named at most. */
const mostNamed = 5

function integrity(db: Connection): string | null {
  const found = db.prepare<[], string>('PRAGMA integrity_check(100)').pluck().all()
  if (found.length === 1 && found[0] === 'ok') return null
  return `${found.slice(0, mostNamed).join('; ')}${found.length > mostNamed ? '; and more' : ''}`
}

function foreignKeys(db: Connection): string | null {
  const rows = db.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [first] = rows
  return first === undefined
    ? null
    : `${rows.length} rows reference a missing row, such as one of ${first.table} a row of ${first.parent}`
}

/** Compares the rows of a total with the same counted again, both of one state of the data. */
function recount(db: Connection, [stored, counted]: [string, string]): string | null {
  const found = db
    .prepare<[], { wrong: number; missing: number }>(
      `WITH stored AS MATERIALIZED (${stored}), counted AS MATERIALIZED (${counted})
       SELECT (SELECT count(*) FROM (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS wrong,
         (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM stored)) AS missing`,
    )
    .get()
  if (found === undefined || found.wrong + found.missing === 0) return null
  return `${found.wrong} stored rows are not what the events add up to; ${found.missing} counted rows are not stored`
}

function broken(db: Connection, sql: string): string | null {
  const rows = db.prepare<[], number>(`SELECT count(*) FROM (${sql})`).pluck().get() ?? 0
  return rows === 0 ? null : `${rows} rows`
}

/** The checks of the file itself: its structure, and its references. */
export const fileChecks = (db: Connection): Check[] => [
  { name: 'integrity of the file', run: () => integrity(db) },
  { name: 'foreign keys', run: () => foreignKeys(db) },
]

/** The checks of sums: each is what another table adds up to. A database of an older version has none. */
export function totalsChecks(db: Connection): Check[] {
  if (!isCurrent(db)) return []
  // One transaction each: a server that is writing must not come between the two.
  const check = (name: string) =>
    db
      .transaction(() => checkTotals(db, [name]))()
      .join('; ') || null
  return Object.keys(totalChecks).map((name) => ({ name, run: () => check(name) }))
}

/** Every check: the file, the sums, each total counted again from the events, and rules between tables. */
export function allChecks(db: Connection): Check[] {
  if (!isCurrent(db)) return fileChecks(db)
  return [
    ...fileChecks(db),
    ...totalsChecks(db),
    ...Object.entries(recounts).map(([name, pair]) => ({ name: `${name} recounted`, run: () => recount(db, pair) })),
    ...Object.entries(rules).map(([name, sql]) => ({ name: `no ${name}`, run: () => broken(db, sql) })),
  ]
}
