import { detections } from '#lib/asr/detections.ts'
import type { DecidedReach } from '#lib/model/decisions.ts'
import type { DecidedAsked } from '#lib/store/reads.ts'
import type { Sql } from '../../sql.ts'
import { among } from '../condition.ts'
import { pairsOf, type Rows } from './pairs.ts'
import { type Place, requirementsOf } from './requirements.ts'

/** Every event is in one row of ASR Rules Stacking, which has its total. */
const stackRows: Rows = {
  sql: `SELECT s.id AS row_id, s.*, t.count AS events FROM stack s JOIN stack_total t ON t.detection = s.detection AND t.id = s.id
    WHERE ${among('s.detection', detections.stacking.numbers)}`,
  places: {
    dest: 'dest_id',
    code: '"EventCode"',
    ID: 'rule_id',
    Process_Name: 'process_id',
    Path: 'path_id',
    Parent_Commandline: 'command_id',
  },
}

const eventRows: Rows = {
  sql: 'SELECT id AS row_id, *, 1 AS events FROM event',
  places: {
    dest: 'dest_id',
    code: '"EventCode"',
    upload: 'upload',
    ID: 'rule_id',
    Process_Name: 'process_id',
    Path: 'path_id',
    Parent_Commandline: 'parent_id',
    Target_Commandline: 'target_id',
    User: 'user_id',
    Signature_Version: 'signature_id',
    Engine_Version: 'engine_id',
  },
}

const inCodes = ['EventCode', 'mode', 'feature']

/** The place of a column. */
const placeOf = (column: string): Place =>
  (inCodes.includes(column) ? 'code' : column === 'group' ? 'dest' : column) as Place

/** A row of the answer: of each decision, of two that disagree, of all that are asked about, and of what others decide otherwise. */
type Counted = {
  kind: 'each' | 'both' | 'total' | 'otherwise'
  m: number
  other: number
  events: number
  hosts: number
  stacks: number
  decides: number
}

/**
 * Counts what each decision fits, and what two with different dispositions both fit. Decisions about the fields of ASR Rules Stacking
 * only are compared with its rows, which are far fewer than the events.
 */
export async function reach(sql: Sql, asked: DecidedAsked, mine: readonly string[]): Promise<DecidedReach> {
  const columns = new Set(asked.decisions.flatMap(({ patterns }) => patterns.map(({ column }) => placeOf(column))))
  const isOfStacks = [...columns].every((place) => stackRows.places[place] !== undefined)
  const rows = isOfStacks ? stackRows : eventRows
  const ids = [...new Set(asked.decisions.map(({ id }) => id))]
  const requirements = requirementsOf(asked, ({ patterns }) =>
    patterns.every(({ column }) => rows.places[placeOf(column)] !== undefined),
  )
  const pairs = pairsOf(requirements, rows)
  const places = Object.keys(rows.places)
  /** Of each decision, the places it names: 1 for the first, 2 for the second and so on, as a sum. */
  const named = asked.decisions.map(({ id, disposition, patterns }, n) => {
    // A group is named by a scope too, and a scope makes no stacks.
    const own = patterns.flatMap(({ column }) => (column === 'group' ? [] : [placeOf(column)]))
    const mask = places.reduce((sum, place, index) => sum + (own.includes(place as Place) ? 2 ** index : 0), 0)
    return [n, ids.indexOf(id), disposition, mask, mine.includes(id) ? 1 : 0]
  })
  const stackOf = (mask: string) =>
    places.map((place, index) => `iif(${mask} & ${2 ** index}, row."${place}", '')`).join(` || ' ' || `)
  /** All places that those of `mine` name. */
  const union = named.reduce((sum, [, , , mask, isMine]) => (isMine === 1 ? sum | Number(mask) : sum), 0)
  const shared = `WITH ${pairs.sql},
    named AS MATERIALIZED (SELECT value ->> 0 AS n, value ->> 1 AS m, value ->> 2 AS disposition, value ->> 3 AS mask, value ->> 4 AS mine
      FROM json_each(?)),
    fit AS MATERIALIZED (
      SELECT p.row_id, d.m, min(p.n) AS n, d.disposition, max(d.mask) AS mask, max(d.mine) AS mine,
        row_number() OVER (PARTITION BY p.row_id ORDER BY min(p.n)) AS turn
      FROM pair p JOIN named d ON d.n = p.n GROUP BY p.row_id, d.m, d.disposition),
    weighed AS (SELECT row_id, events, ${places.map((place) => `${rows.places[place as Place]} AS "${place}"`).join(', ')} FROM (${rows.sql}) row)`
  const sums = 'coalesce(sum(row.events), 0) AS events, count(DISTINCT row.dest) AS hosts'
  const parts = [
    `SELECT 'each' AS kind, fit.m, 0 AS other, ${sums}, count(DISTINCT ${stackOf('fit.mask')}) AS stacks,
         coalesce(sum(row.events) FILTER (WHERE fit.turn = 1), 0) AS decides
       FROM fit JOIN weighed row ON row.row_id = fit.row_id GROUP BY fit.m`,
    `SELECT 'total', 0, 0, ${sums}, count(DISTINCT ${stackOf(String(union))}), 0
       FROM (SELECT row_id FROM fit WHERE mine = 1 GROUP BY row_id) fit JOIN weighed row ON row.row_id = fit.row_id`,
    `SELECT 'both' AS kind, a.m, b.m AS other, sum(row.events) AS events, 0 AS hosts, 0 AS stacks, 0 AS decides FROM fit a
       JOIN fit b ON b.row_id = a.row_id AND b.disposition <> a.disposition JOIN weighed row ON row.row_id = a.row_id
       GROUP BY a.m, b.m`,
    `SELECT 'otherwise' AS kind, 0 AS m, 0 AS other, ${sums}, count(DISTINCT ${stackOf(String(union))}) AS stacks, 0 AS decides
       FROM (SELECT a.row_id FROM fit a JOIN fit b ON b.row_id = a.row_id AND b.mine = 0
             WHERE a.mine = 1 AND b.disposition <> a.disposition GROUP BY a.row_id) fit JOIN weighed row ON row.row_id = fit.row_id`,
  ]
  const found = await sql.all<Counted>(`${shared} ${parts.join(' UNION ALL ')}`, [
    ...pairs.values,
    JSON.stringify(named),
  ])
  const of = (kind: Counted['kind']) => found.filter((row) => row.kind === kind)
  const [each, both, [total], [otherwise]] = [
    of('each'),
    of('both').sort((a, b) => b.events - a.events || a.other - b.other),
    of('total'),
    of('otherwise'),
  ]
  const sumsOf = ({ events, hosts, stacks } = { events: 0, hosts: 0, stacks: 0 }) => ({ events, hosts, stacks })
  const { hosts: _, ...disagreed } = sumsOf(otherwise)
  return {
    reaches: ids.map((id, m) => {
      const counted = each.find((row) => row.m === m)
      const conflicts = both.flatMap((row) => (row.m === m ? [{ id: ids[row.other] ?? '', events: row.events }] : []))
      return { id, ...sumsOf(counted), decides: counted?.decides ?? 0, conflicts }
    }),
    total: sumsOf(total),
    otherwise: disagreed,
  }
}
