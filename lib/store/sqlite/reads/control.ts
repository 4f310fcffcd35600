import {
  type Decision,
  type DecisionStep,
  etagOf,
  type GroupStep,
  type HostGroup,
  type StoredDecision,
} from '#lib/model/decisions.ts'
import type { Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { GroupCounts, GroupPatterns } from '../../reads.ts'
import { groupsOf, groupsSql, type Placed, type StoredRow, storedOf, storedSql } from '../decision-rows.ts'
import type { Sql } from '../sql.ts'
import { pageOf } from './page.ts'

export const decisions = async (sql: Sql): Promise<StoredDecision[]> =>
  (await sql.all<StoredRow>(`${storedSql} ORDER BY d.place DESC`)).map(storedOf)

export const decision = async (sql: Sql, id: string): Promise<StoredDecision | null> =>
  (await sql.all<StoredRow>(`${storedSql} WHERE d.id = ?`, [id])).map(storedOf)[0] ?? null

type StepRow = Omit<DecisionStep, 'before' | 'after' | 'isSigned' | 'etag'> & {
  before: string | null
  after: string | null
  signed: number
  total: number
}

const stateOf = (text: string | null): Decision | null => (text === null ? null : (JSON.parse(text) as Placed).decision)

/** The steps of one decision or of all, the newest first. */
export async function decisionHistory(sql: Sql, id: string | null, range: PageRange): Promise<Page<DecisionStep>> {
  const { total, rows } = await pageOf(range, ({ limit, offset }) =>
    sql.all<StepRow>(
      `SELECT seq AS step, decision, action, before, after, undoes, author, signed, at, count(*) OVER () AS total
       FROM decision_history WHERE ${id === null ? 'true' : 'decision = ?'} ORDER BY seq DESC LIMIT ? OFFSET ?`,
      [...(id === null ? [] : [id]), limit, offset],
    ),
  )
  return {
    total,
    rows: rows.map(({ signed, before, after, ...row }) => ({
      ...row,
      before: stateOf(before),
      after: stateOf(after),
      isSigned: signed === 1,
      etag: etagOf(row.step, row.at),
    })),
  }
}

export const hostGroups = async (sql: Sql): Promise<HostGroup[]> => groupsOf(await sql.all(groupsSql))

type GroupStepRow = Omit<GroupStep, 'before' | 'after' | 'isSigned' | 'etag'> & {
  before: string
  after: string
  signed: number
  total: number
}

/** The changes of the list of groups, the newest first. */
export async function groupHistory(sql: Sql, range: PageRange): Promise<Page<GroupStep>> {
  const { total, rows } = await pageOf(range, ({ limit, offset }) =>
    sql.all<GroupStepRow>(
      `SELECT seq AS step, before, after, author, signed, at, count(*) OVER () AS total
       FROM host_group_history ORDER BY seq DESC LIMIT ? OFFSET ?`,
      [limit, offset],
    ),
  )
  return {
    total,
    rows: rows.map(({ signed, before, after, ...row }) => ({
      ...row,
      before: JSON.parse(before),
      after: JSON.parse(after),
      isSigned: signed === 1,
      etag: etagOf(row.step, row.at),
    })),
  }
}

/** Known hosts by the group they are of. A host is known if an event of it is stored, or a log has a record of it. */
export async function groupCounts(sql: Sql, groups: readonly GroupPatterns[]): Promise<GroupCounts> {
  const parts = groups.flatMap(({ patterns }, place) =>
    patterns.map((pattern) => [place, JSON.stringify(pattern.parts.map((part) => part.toLowerCase()))]),
  )
  const rows = await sql.all<{ place: number; own: number; fitting: number; hosts: number }>(
    `WITH pattern AS MATERIALIZED (SELECT value ->> 0 AS place, value ->> 1 AS parts FROM json_each(?)),
     host AS MATERIALIZED (SELECT key FROM dest UNION SELECT dest_key FROM upload_continuity),
     fit AS MATERIALIZED (SELECT DISTINCT key, place FROM host JOIN pattern ON text_fits(key, parts) = 1),
     first AS (SELECT key, min(place) AS place FROM fit GROUP BY key)
     SELECT -1 AS place, 0 AS own, 0 AS fitting, count(*) AS hosts FROM host
     UNION ALL SELECT fit.place, count(first.key), count(*), 0
     FROM fit LEFT JOIN first ON first.key = fit.key AND first.place = fit.place GROUP BY fit.place`,
    [JSON.stringify(parts)],
  )
  const counted = new Map(rows.map((row) => [row.place, row]))
  return {
    hosts: counted.get(-1)?.hosts ?? 0,
    groups: groups.map((_, place) => {
      const { own = 0, fitting = 0 } = counted.get(place) ?? {}
      return { hosts: own, taken: fitting - own }
    }),
  }
}
