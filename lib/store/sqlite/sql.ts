import type { LoggedSections } from '#lib/model/event.ts'

export type Value = string | number | null

/** The database as questions are put to it: SQL over its tables and views. Each call may be in a process of its own. */
export type Sql = {
  /** All rows of a query, in order. */
  all<Row>(sql: string, values?: readonly Value[]): Promise<Row[]>
  /** The rows of a query some hundreds at a time, without holding them all. */
  stream<Row>(sql: string, values?: readonly Value[]): AsyncGenerator<Row[]>
  /** Every field an event was logged with, by its row number; null if there is no such event. */
  logged(id: number): Promise<LoggedSections | null>
  close(): Promise<void>
}
