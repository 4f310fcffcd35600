import type { Condition } from '../condition.ts'
import type { Place, Requirements } from './requirements.ts'

/** A table whose rows decisions are compared with: SQL of `row_id` and of a number for each place it has. */
export type Rows = { sql: string; places: Partial<Record<Place, string>> }

/** Whether a text is one that LIKE compares as `fits` does: without NUL characters, and ASCII only. */
const isPlainText = (column: string): string =>
  `instr(${column}, char(0)) = 0 AND octet_length(${column}) = length(${column})`

const fitsWild = (column: string): string =>
  `CASE WHEN w.plain = 1 AND ${isPlainText(column)} THEN ${column} LIKE w.pattern ESCAPE '\\' ELSE text_fits(${column}, w.parts) END`

const tables = { text: ['id', 'value'], dest: ['id', 'key'], upload: ['seq', 'id'] } as const

/** SQL of the texts of a table that fit requirements: `r, number`. The list `form` has the forms that are asked for. */
function hitsIn(table: keyof typeof tables, { exact, wild }: Requirements): string[] {
  const [number, column] = tables[table]
  const isAsked = (list: readonly (readonly unknown[])[]) => list.some(([, from]) => from === table)
  const value = table === 'text' ? `text_form(f.step, f.kind, t.${column})` : `t.${column}`
  const rows = `${table} t CROSS JOIN form f`
  const of = `w.asked_from = '${table}' AND w.form = f.form AND f.asked_from = '${table}'`
  return [
    ...(isAsked(exact)
      ? [`SELECT w.r, t.${number} AS number FROM ${rows} JOIN exact w ON ${of} AND w.value = text_fold(${value})`]
      : []),
    ...(isAsked(wild)
      ? [
          `SELECT w.r, t.number FROM (SELECT t.${number} AS number, ${value} AS value, f.form, f.asked_from FROM ${rows}) t
           CROSS JOIN wild w WHERE w.asked_from = '${table}' AND t.asked_from = '${table}' AND w.form = t.form AND ${fitsWild('t.value')}`,
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
  const forms = new Map([...exact, ...wild].map(([, from, form]) => [`${from} ${form}`, [from, form]]))
  const asked = [...forms.values()].map(([from = '', form = '']) => {
    const [kind = 'path', step = 'exact'] = form === 'exact' ? [] : form.split('.')
    return [from, form, kind, step]
  })
  const found = (['text', 'dest', 'upload'] as const).flatMap((table) => hitsIn(table, requirements))
  const numberAt = (of: string, row: string) =>
    `CASE ${of}.place ${Object.keys(rows.places)
      .map((place) => `WHEN '${place}' THEN ${row}."${place}"`)
      .join(' ')} END`
  const columns = Object.entries(rows.places).map(([place, sql]) => `${sql} AS "${place}"`)
  return {
    sql: `${listed('need', ['n', 'place', 'r', 'driver', 'needed'])},
      ${listed('exact', ['r', 'asked_from', 'form', 'value'])},
      ${listed('wild', ['r', 'asked_from', 'form', 'pattern', 'parts', 'plain'])},
      ${listed('form', ['asked_from', 'form', 'kind', 'step'])},
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
      candidate AS MATERIALIZED (
        SELECT row.*, d.n FROM rows row CROSS JOIN (SELECT DISTINCT place FROM driver) p
        JOIN driver d ON d.place = p.place AND d.number = ${numberAt('p', 'row')}),
      pair AS MATERIALIZED (
        SELECT c.row_id, c.n FROM candidate c JOIN need k ON k.n = c.n JOIN hit ON hit.r = k.r AND hit.number = ${numberAt('k', 'c')}
        GROUP BY c.row_id, c.n HAVING count(*) = max(k.needed))`,
    values: [needs, exact, wild, asked, given, groups].map((list) => JSON.stringify(list)),
  }
}
