import type { Condition } from '../condition.ts'
import type { Place, Requirements } from './requirements.ts'

/** A table whose rows decisions are compared with: SQL of `row_id` and of a number for each place it has. */
export type Rows = { sql: string; places: Partial<Record<Place, string>> }

/** Whether a text is one that LIKE compares as `fits` does: without NUL characters, and ASCII only. */
const isPlainText = (column: string): string =>
  `instr(${column}, char(0)) = 0 AND octet_length(${column}) = length(${column})`

const fitsWild = (column: string): string =>
  `CASE WHEN w.plain = 1 AND ${isPlainText(column)} THEN ${column} LIKE w.pattern ESCAPE '\\' ELSE text_fits(${column}, w.parts) END`

/** SQL of the texts that fit requirements: `r, number`. */
function hits({ exact, wild }: Requirements, from: 'text' | 'dest' | 'upload', form: string): string[] {
  const [table, number, column] = {
    text: ['text', 'id', 'value'],
    dest: ['dest', 'id', 'key'],
    upload: ['upload', 'seq', 'id'],
  }[from] as [string, string, string]
  const logged = `t.${column}`
  const [kind = '', step = ''] = form.split('.')
  const value = form === 'exact' ? logged : `text_form('${step}', '${kind}', ${logged})`
  const isAsked = (list: readonly (readonly unknown[])[]) => list.some(([, of, at]) => of === from && at === form)
  const of = `asked_from = '${from}' AND form = '${form}'`
  return [
    ...(isAsked(exact)
      ? [
          `SELECT w.r, t.${number} AS number FROM (SELECT ${number}, text_fold(${value}) AS folded FROM ${table} t) t
           JOIN exact w ON w.value = t.folded AND w.${of.replace(' AND ', ' AND w.')}`,
        ]
      : []),
    ...(isAsked(wild)
      ? [
          `SELECT w.r, t.${number} AS number FROM (SELECT ${number}, ${value} AS value FROM ${table} t) t
           CROSS JOIN wild w WHERE w.${of.replace(' AND ', ' AND w.')} AND ${fitsWild('t.value')}`,
        ]
      : []),
  ]
}

const listed = (name: string, columns: readonly string[]): string =>
  `${name} AS MATERIALIZED (SELECT ${columns.map((column, index) => `value ->> ${index} AS ${column}`).join(', ')} FROM json_each(?))`

/**
 * SQL of the rows that decisions fit, after the lists that it begins with: `pair (row_id, n)`, once for each row and decision, whose
 * number in the list is `n`.
 */
export function pairsOf(requirements: Requirements, rows: Rows): Condition {
  const { needs, exact, wild, given, groups } = requirements
  const forms = new Set([...exact, ...wild].map(([, from, form]) => `${from} ${form}`))
  const found = [...forms].flatMap((each) => {
    const [from = '', form = ''] = each.split(' ')
    return hits(requirements, from as 'text' | 'dest' | 'upload', form)
  })
  const drivers = new Set(needs.filter(([, , , isDriver]) => isDriver === 1).map(([, place]) => place as Place))
  const candidates = [...drivers].map(
    (place) => `SELECT row.*, d.n FROM rows row JOIN driver d ON d.place = '${place}' AND d.number = row."${place}"`,
  )
  const numberAt = `CASE k.place ${Object.keys(rows.places)
    .map((place) => `WHEN '${place}' THEN c."${place}"`)
    .join(' ')} END`
  const columns = Object.entries(rows.places).map(([place, sql]) => `${sql} AS "${place}"`)
  return {
    sql: `${listed('need', ['n', 'place', 'r', 'driver', 'needed'])},
      ${listed('exact', ['r', 'asked_from', 'form', 'value'])},
      ${listed('wild', ['r', 'asked_from', 'form', 'pattern', 'parts', 'plain'])},
      ${listed('given', ['r', 'kind', 'number'])},
      ${listed('group_pattern', ['place', 'parts'])},
      dest_group AS MATERIALIZED (
        SELECT d.id, coalesce(min(g.place), ${groups.length === 0 ? 0 : Math.max(...groups.map(([place]) => place)) + 1}) AS place
        FROM dest d LEFT JOIN group_pattern g ON text_fits(d.key, g.parts) = 1 GROUP BY d.id),
      hit AS MATERIALIZED (
        ${[
          ...found,
          `SELECT r, number FROM given WHERE kind = 'number'`,
          `SELECT given.r, g.id FROM given JOIN dest_group g ON g.place = given.number WHERE given.kind = 'group'`,
        ].join('\n UNION ')}),
      driver AS MATERIALIZED (SELECT need.n, need.place, hit.number FROM need JOIN hit ON hit.r = need.r WHERE need.driver = 1),
      rows AS (SELECT row_id, ${columns.join(', ')} FROM (${rows.sql}) row),
      candidate AS MATERIALIZED (${candidates.join(' UNION ALL ') || `SELECT row.*, 0 AS n FROM rows row WHERE false`}),
      pair AS MATERIALIZED (
        SELECT c.row_id, c.n FROM candidate c JOIN need k ON k.n = c.n JOIN hit ON hit.r = k.r AND hit.number = ${numberAt}
        GROUP BY c.row_id, c.n HAVING count(*) = max(k.needed))`,
    values: [needs, exact, wild, given, groups].map((list) => JSON.stringify(list)),
  }
}
