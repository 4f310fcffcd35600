import { type Derivation, derivations } from '#lib/asr/derivations.ts'
import type { Recomputing } from '#lib/model/state.ts'
import type { Sql } from '../sql.ts'

type Stored = { name: Derivation; version: number; next_event: number }

/**
 * Returns how far stored events have been recomputed by this version of the code; null if none has to be. Progress is
 * counted in row numbers, of which some are unused.
 */
export async function recomputing(sql: Sql): Promise<Recomputing | null> {
  const [rows, [events]] = await Promise.all([
    sql.all<Stored>('SELECT name, version, next_event FROM derivation'),
    sql.all<{ next: number }>("SELECT next FROM sequence WHERE name = 'event'"),
  ])
  const pending = rows.filter(({ name, version }) => derivations[name]?.version !== version)
  const total = (events?.next ?? 1) - 1
  if (pending.length === 0 || total === 0) return null
  // Below zero: every event was reached, and totals are being checked.
  const next = Math.min(...pending.map(({ next_event }) => (next_event < 0 ? Number.MAX_SAFE_INTEGER : next_event)))
  return { done: Math.min(Math.max(next - 1, 0), total), total }
}
