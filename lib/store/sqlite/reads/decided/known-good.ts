import { type Detection, riskDetections } from '#lib/asr/detections.ts'
import type { AppliedDecision } from '#lib/hunting/decision.ts'
import type { StackColumn } from '#lib/hunting/definition.ts'
import type { DecidedAsked, FoundRows } from '#lib/store/reads.ts'
import type { Sql } from '../../sql.ts'
import type { Condition } from '../condition.ts'
import { pairsOf } from './pairs.ts'
import { type Place, requirementsOf } from './requirements.ts'

/** The numbers of the result rows that are known good. */
class SqliteRows implements FoundRows {
  readonly foundBy = SqliteRows
  readonly ids: string
  readonly count: number
  constructor(ids: readonly number[]) {
    this.ids = JSON.stringify(ids)
    this.count = ids.length
  }
}

/** Columns that the rows of a detection have: its by-fields, and what follows from the host and the EventCode. */
const isColumnOf =
  ({ by }: Pick<Detection, 'by'>) =>
  (column: StackColumn): boolean =>
    ['dest', 'group', 'EventCode', 'mode', 'feature'].includes(column) ||
    by.includes(column) ||
    (column === 'ID' && by.includes('ASR_ID'))

const places: Partial<Record<Place, string>> = {
  dest: 'dest_id',
  code: '"EventCode"',
  ID: 'rule_id',
  Process_Name: 'process_id',
  Path: 'path_id',
}

async function knownGoodOf(sql: Sql, asked: DecidedAsked, detection: Detection): Promise<number[]> {
  const has = isColumnOf(detection)
  const requirements = requirementsOf(asked, ({ patterns }: AppliedDecision) =>
    patterns.every(({ column }) => has(column)),
  )
  if (requirements.needs.length === 0) return []
  const command = ['Parent_Commandline', 'Target_Commandline'].find((column) => detection.by.includes(column))
  const pairs = pairsOf(requirements, {
    sql: `SELECT id AS row_id, * FROM stack WHERE detection = ${detection.number}`,
    places: { ...places, ...(command === undefined ? {} : { [command]: 'command_id' }) },
  })
  const good = asked.decisions.flatMap(({ disposition }, n) => (disposition === 'known-good' ? [n] : []))
  const rows = await sql.all<{ id: number }>(
    `WITH ${pairs.sql} SELECT row_id AS id FROM pair GROUP BY row_id HAVING min(n) IN (SELECT value FROM json_each(?))`,
    [...pairs.values, JSON.stringify(good)],
  )
  return rows.map(({ id }) => id)
}

/** Finds the result rows of the detections that raise risk for which a decision counts that they are known good. */
export async function findRows(sql: Sql, asked: DecidedAsked): Promise<FoundRows> {
  if (!asked.decisions.some(({ disposition }) => disposition === 'known-good')) return new SqliteRows([])
  const found = await Promise.all(riskDetections.map((detection) => knownGoodOf(sql, asked, detection)))
  return new SqliteRows(found.flat())
}

/** A condition on the number of a result row: that it is not among those found, or that it is. */
export function amongRows(column: string, rows: FoundRows | null, isIn: boolean): Condition {
  if (rows === null || (rows.count === 0 && !isIn)) return { sql: 'true', values: [] }
  if (!(rows instanceof SqliteRows)) throw new TypeError('What another store found cannot be read by this one.')
  return { sql: `${column} ${isIn ? 'IN' : 'NOT IN'} (SELECT value FROM json_each(?))`, values: [rows.ids] }
}
