import { type Decision, etagOf, type HostGroup, type StoredDecision } from '#lib/model/decisions.ts'

/** A row of the table `decision`. */
export type DecisionRow = {
  id: string
  place: number
  disposition: Decision['disposition']
  patterns: string
  scope: string | null
  reason: string
  author: string
  signed: number
  created_at: number
  expires_at: number | null
}

/** A decision with its place, as the history keeps it: one that comes back has the place it had. */
export type Placed = { place: number; decision: Decision }

export const decisionSql =
  'SELECT id, place, disposition, patterns, scope, reason, author, signed, created_at, expires_at FROM decision'

/** The decision of a row, its fields in the order of the schema: two that are the same have the same JSON. */
export const decisionOf = (row: DecisionRow): Decision => ({
  id: row.id,
  disposition: row.disposition,
  patterns: JSON.parse(row.patterns),
  scope: row.scope === null ? null : JSON.parse(row.scope),
  reason: row.reason,
  expiresAt: row.expires_at,
  author: row.author,
  isSigned: row.signed === 1,
  createdAt: row.created_at,
})

/** The decisions with the number and the time of their newest step. */
export const storedSql = `SELECT d.*, coalesce(h.seq, 0) AS step, coalesce(h.at, 0) AS step_at FROM (${decisionSql}) d
  LEFT JOIN decision_history h ON h.seq = (SELECT max(n.seq) FROM decision_history n WHERE n.decision = d.id)`

export type StoredRow = DecisionRow & { step: number; step_at: number }

export const storedOf = (row: StoredRow): StoredDecision => ({
  ...decisionOf(row),
  etag: etagOf(row.step, row.step_at),
})

export const groupsSql = 'SELECT name, patterns FROM host_group ORDER BY place'

export const groupsOf = (rows: readonly { name: string; patterns: string }[]): HostGroup[] =>
  rows.map(({ name, patterns }) => ({ name, patterns: JSON.parse(patterns) }))
