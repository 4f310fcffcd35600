import type { EventRow, Page, StackMembers, StackPage, StackRow } from '#lib/model/rows.ts'
import { noLimit } from '#lib/params/page.ts'
import type { Asked, Sorted, StackMemberQuestion, StackQuestion } from '../../reads.ts'
import { type Surroundings, stackEventsOf, stackMembersOf, stacksOf } from '../../testing-stacks.ts'
import type { Sql } from '../sql.ts'
import { eventRows } from './events.ts'

// For now stacks are counted event by event. The store that counts them in columns replaces this file.

async function rowsOf(sql: Sql, asked: Asked): Promise<EventRow[]> {
  const rows: EventRow[] = []
  const question = { ...asked, sort: [{ column: '_time', descending: true }], page: { limit: noLimit, offset: 0 } }
  for await (const chunk of eventRows(sql, question)) rows.push(...chunk)
  return rows
}

async function aroundOf(sql: Sql, { range: { from, to } }: Asked): Promise<Surroundings> {
  const uploads = await sql.all<{ id: string; createdAt: number }>(
    'SELECT id, created_at AS "createdAt" FROM upload ORDER BY seq',
  )
  const range = [from ?? -8.64e15, to ?? 8.64e15]
  const [sum] = await sql.all<{ hosts: number }>(
    `SELECT count(*) AS hosts FROM (
       SELECT d.key FROM dest d WHERE EXISTS (SELECT 1 FROM event e WHERE e.dest_id = d.id AND e.time BETWEEN ? AND ?)
       UNION SELECT dest_key FROM upload_continuity WHERE last_time >= ? AND first_time <= ?)`,
    [...range, ...range],
  )
  return { uploads, reportingHosts: sum?.hosts ?? 0 }
}

export const stacks = async (sql: Sql, question: StackQuestion): Promise<StackPage> =>
  stacksOf(await rowsOf(sql, question), question, await aroundOf(sql, question))

export async function* stackRows(sql: Sql, question: StackQuestion): AsyncGenerator<StackRow[]> {
  yield (await stacks(sql, question)).rows
}

export const stackMembers = async (sql: Sql, asked: StackMemberQuestion): Promise<StackMembers | null> =>
  stackMembersOf(await rowsOf(sql, asked), asked, await aroundOf(sql, asked))

export const stackEvents = async (sql: Sql, asked: StackMemberQuestion & Sorted): Promise<Page<EventRow>> =>
  stackEventsOf(await rowsOf(sql, asked), asked, await aroundOf(sql, asked))
