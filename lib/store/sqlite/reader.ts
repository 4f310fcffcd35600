import type Database from 'better-sqlite3'
import type { LoggedSections } from '#lib/model/event.ts'
import { checkTotals } from './check-totals.ts'
import { openEngine } from './columns/engine.ts'
import { openForReading } from './database.ts'
import { readFrame } from './frames.ts'
import type { Value } from './sql.ts'

/** Rows handed over at once by a stream. */
const chunkRows = 500
/** Prepared statements kept: a query's text depends on which filters are set, so there are some dozens. */
const keptStatements = 200

type Statement = Database.Statement<Value[], unknown>
type OpenStream = { next: () => unknown[] | null; close: () => void }

export type Reader = ReturnType<typeof openReader>

/**
 * The reading side on one connection, synchronous: it runs in a process of its own. `source`: what the columns of stacks are read
 * from on another. `report`: called with what a question about stacks does, if it takes long.
 */
export function openReader(
  file: string,
  source?: Parameters<typeof openEngine>[1],
  report?: Parameters<typeof openEngine>[2],
) {
  let db: Database.Database | null = null
  const statements = new Map<string, Statement>()
  const streams = new Map<number, OpenStream>()
  let opened = 0
  const stacks = openEngine(file, source, report)

  function prepared(sql: string): Statement {
    const known = statements.get(sql)
    if (known !== undefined) return known
    if (statements.size >= keptStatements) statements.clear()
    // Opened by the first question, so that whoever asks gets the reason why the file cannot be opened.
    db ??= openForReading(file)
    const statement = db.prepare<Value[], unknown>(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    ready: (): void => {},
    all: (sql: string, values: readonly Value[]) => prepared(sql).all(...values),
    logged: (id: number): LoggedSections | null => {
      const row = prepared('SELECT d.body, e.slot FROM event e JOIN detail d ON d.id = e.detail_id WHERE e.id = ?').get(
        id,
      )
      if (row === undefined) return null
      const { body, slot } = row as { body: Buffer; slot: number }
      return readFrame(body)[slot] ?? null
    },
    /** See `checkTotals`: of one state of the data. */
    checkTotals: (): string[] => {
      const reading = openForReading(file)
      try {
        return reading.transaction(() => checkTotals(reading))()
      } finally {
        reading.close()
      }
    },
    /** Opens a stream on a connection of its own, which sees one state of the data until it is closed. */
    openStream: (sql: string, values: readonly Value[]): number => {
      opened += 1
      streams.set(opened, openStream(file, sql, values))
      return opened
    },
    nextRows: (stream: number): unknown[] | null => streams.get(stream)?.next() ?? null,
    closeStream: (stream: number): void => {
      streams.get(stream)?.close()
      streams.delete(stream)
    },
    warmStacks: stacks.warm,
    stackPage: stacks.page,
    openStackRows: stacks.openRows,
    nextStackRows: stacks.nextRows,
    closeStackRows: stacks.closeRows,
    stackMembers: stacks.members,
    stackEvents: stacks.events,
    cancelStacks: stacks.cancel,
    close: () => {
      stacks.close()
      for (const stream of streams.values()) stream.close()
      db?.close()
    },
  }
}

function openStream(file: string, sql: string, values: readonly Value[]): OpenStream {
  const db = openForReading(file)
  const rows = db.prepare<Value[], unknown>(sql).iterate(...values)
  return {
    next: () => {
      const chunk: unknown[] = []
      while (chunk.length < chunkRows) {
        const { value, done } = rows.next()
        if (done) break
        chunk.push(value)
      }
      return chunk.length === 0 ? null : chunk
    },
    close: () => {
      rows.return?.()
      db.close()
    },
  }
}
