import type { Pair, RecordRun, SideStretches } from '#lib/model/compared.ts'
import type { Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sql } from '../../sql.ts'
import { held } from './held.ts'

type SideRow = Omit<SideStretches['sides'][number], 'runs' | 'isUnknown'> & { key: string; isUnknown: 0 | 1 }
type RunRow = RecordRun & { key: string; side: 'a' | 'b' }

/** A page of the dests of two uploads, those that both have first. */
export async function comparedSides(sql: Sql, pair: Pair, { limit, offset }: PageRange): Promise<Page<SideStretches>> {
  const [sides, [count]] = await Promise.all([
    sql.all<SideRow>(
      `WITH ${held}, page AS (SELECT dest_key, count(*) AS sides FROM dest_side GROUP BY dest_key ORDER BY sides DESC, dest_key LIMIT ? OFFSET ?)
       SELECT s.dest_key AS key, s.side, s.dest, s.records, s.events, s.first_time AS "firstTime", s.last_time AS "lastTime",
         s.is_unknown AS "isUnknown"
       FROM page JOIN dest_side s ON s.dest_key = page.dest_key ORDER BY page.sides DESC, s.dest_key, s.side`,
      [...pair, limit, offset],
    ),
    sql.all<{ total: number }>(`WITH ${held} SELECT count(DISTINCT dest_key) AS total FROM dest_side`, pair),
  ])
  const keys = [...new Set(sides.map(({ key }) => key))]
  const runs = await runsOf(sql, pair, keys)
  const rows = [...Map.groupBy(sides, ({ key }) => key)].map(([key, of]) => ({
    key,
    sides: of.map(({ key: _, isUnknown, ...side }) => ({
      ...side,
      isUnknown: isUnknown === 1,
      runs: runs.filter((run) => run.key === key && run.side === side.side).map(({ key: _, side: __, ...run }) => run),
    })),
  }))
  return { total: count?.total ?? 0, rows }
}

/** The runs of record ids of some dests in two uploads, of those of which all are kept. */
async function runsOf(sql: Sql, pair: Pair, keys: string[]): Promise<RunRow[]> {
  if (keys.length === 0) return []
  return sql.all<RunRow>(
    `WITH ${held} SELECT t.dest_key AS key, side.side, first_id AS "firstId", last_id AS "lastId", first_time AS "firstTime", last_time AS "lastTime"
     FROM side JOIN upload_stretch t ON t.upload = side.seq JOIN comparable ON comparable.dest_key = t.dest_key
     WHERE t.dest_key IN (${keys.map(() => '?').join(', ')})`,
    [...pair, ...keys],
  )
}
