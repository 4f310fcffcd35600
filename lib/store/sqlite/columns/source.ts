import type { Connection } from '../database.ts'
import type { Value } from '../sql.ts'

/** A database as the columns are read from it, on one connection, within one transaction. */
export type Source = {
  /** All rows of a query, each a list of its cells. */
  rows<Row extends readonly unknown[]>(sql: string, values?: readonly Value[]): Row[]
  /** All rows of a query, with their cells by name. */
  records<Row>(sql: string, values?: readonly Value[]): Row[]
  /** The rows of a query one by one. No other query can run until it ends. */
  each<Row extends readonly unknown[]>(sql: string, values?: readonly Value[]): IterableIterator<Row>
}

/** Prepared statements kept: a query's text depends on which filters are set. */
const keptStatements = 100

/** Returns a connection as a source. */
export function sourceOf(db: Connection): Source {
  const statements = new Map<string, ReturnType<Connection['prepare']>>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    if (statements.size >= keptStatements) statements.clear()
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    rows: <Row extends readonly unknown[]>(sql: string, values: readonly Value[] = []) =>
      prepared(sql)
        .raw(true)
        .all(...values) as unknown[] as Row[],
    records: <Row>(sql: string, values: readonly Value[] = []) =>
      prepared(sql)
        .raw(false)
        .all(...values) as Row[],
    each: <Row extends readonly unknown[]>(sql: string, values: readonly Value[] = []) =>
      prepared(sql)
        .raw(true)
        .iterate(...values) as IterableIterator<unknown> as IterableIterator<Row>,
  }
}
