import type { ComparedVersion, HeldCount, Pair } from '#lib/model/compared.ts'
import type { Sql } from '../../sql.ts'
import { held, inPlace, sides } from './held.ts'

/** The events of two uploads by dest and code: in both, and in one only. */
export const heldCounts = (sql: Sql, pair: Pair): Promise<HeldCount[]> =>
  sql.all<HeldCount>(
    `WITH ${held} SELECT d.key AS dest, c."EventCode", c."both", c.a, c.b FROM (
       SELECT dest_id, "EventCode", sum(${inPlace.both}) AS "both", sum(${inPlace.a}) AS a, sum(${inPlace.b}) AS b
       FROM held GROUP BY dest_id, "EventCode") c JOIN dest d ON d.id = c.dest_id ORDER BY c."EventCode", d.key`,
    pair,
  )

/** Returns for how many hosts of two uploads it is unknown which events both have. */
export async function countUnknown(sql: Sql, pair: Pair): Promise<number> {
  const [sum] = await sql.all<{ unknown: number }>(
    `WITH ${held}
     SELECT count(*) AS unknown FROM (SELECT 1 FROM dest_side GROUP BY dest_key HAVING max(is_unknown) = 1) u`,
    pair,
  )
  return sum?.unknown ?? 0
}

/** Versions that the events of two uploads name, each with how many of either name it. */
export const comparedVersions = (sql: Sql, pair: Pair): Promise<ComparedVersion[]> =>
  sql.all<ComparedVersion>(
    `WITH ${sides}
     SELECT kind, version, sum(iif(side = 'a', events, 0)) AS a, sum(iif(side = 'b', events, 0)) AS b
     FROM side JOIN upload_version v ON v.upload = side.seq GROUP BY kind, version ORDER BY kind, max(v.last_time) DESC, version`,
    pair,
  )
