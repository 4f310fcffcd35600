import type { LoggedSections } from '#lib/model/event.ts'
import type { StackRow } from '#lib/model/rows.ts'
import type { Engine } from './columns/engine.ts'

export type Value = string | number | null

/** The database as questions are put to it: SQL over its tables and views. Each call may be in a process of its own. */
export type Sql = {
  /** All rows of a query, in order. */
  all<Row>(sql: string, values?: readonly Value[]): Promise<Row[]>
  /** The rows of a query some hundreds at a time, without holding them all. */
  stream<Row>(sql: string, values?: readonly Value[]): AsyncGenerator<Row[]>
  /** Every field an event was logged with, by its row number; null if there is no such event. */
  logged(id: number): Promise<LoggedSections | null>
  /** Questions about stacks, which are counted in columns in memory. */
  stacks: StackSql
  close(): Promise<void>
}

/** Stacks over any fields, from columns in memory that SQL brings up to date before each question. */
export type StackSql = Pick<Engine, 'warm' | 'page' | 'members' | 'events'> & {
  /** The rows of a page some hundreds at a time, as they are when the first of them is asked for. */
  rows(asked: Parameters<Engine['page']>[0]): AsyncGenerator<StackRow[]>
}
