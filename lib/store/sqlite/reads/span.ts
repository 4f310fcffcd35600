import type { Span } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'

/** Times of the oldest and of the newest event. */
export async function span(sql: Sql): Promise<Span> {
  const [found] = await sql.all<Span>(
    'SELECT (SELECT min(time) FROM event) AS oldest, (SELECT max(time) FROM event) AS newest',
  )
  return found ?? { oldest: null, newest: null }
}
