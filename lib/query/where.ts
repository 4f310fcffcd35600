import { codes, featureNames } from '#lib/asr/codes.ts'
import { type FilterField, filterFields, type Params } from '#lib/params/params.ts'
import type { Found, Searched } from './found.ts'
import { all, any, anywhere, type Condition, fits, likeOf, matching, type Pattern, textFits } from './pattern.ts'

/**
 * The columns in which a table holds the fields that can be filtered: numbers of texts in the dictionary (0 where
 * nothing was logged, shown as NULL), of dests, or the EventCode. Texts are few, so a filter is looked up among them
 * first and then compared by number.
 */
export type Columns = Partial<Record<FilterField, string>>

/** SQLite's LIKE folds the case of ASCII only. */
function inTexts(column: string, pattern: Pattern, found: Found): Condition {
  const ids = found.get(likeOf(pattern))
  if (ids !== undefined) return { sql: `${column} IN (${ids.join(', ')})`, values: [] }
  const { sql, values } = textFits('value', pattern)
  return { sql: `${column} IN (SELECT id FROM text WHERE ${sql})`, values }
}

const inTextsOrNull = (column: string, pattern: Pattern, found: Found): Condition =>
  fits(pattern, 'NULL')
    ? any([inTexts(column, pattern, found), { sql: `${column} = 0`, values: [] }])
    : inTexts(column, pattern, found)

function inDests(column: string, pattern: Pattern): Condition {
  const { sql, values } = textFits('key', { ...pattern, parts: pattern.parts.map((part) => part.toLowerCase()) })
  return { sql: `${column} IN (SELECT id FROM dest WHERE ${sql})`, values }
}

const inCodes = (column: string, test: (code: number) => boolean): Condition => ({
  sql: `${column} IN (${Object.keys(codes).map(Number).filter(test).join(', ')})`,
  values: [],
})

const hasFeature = (pattern: Pattern) => (code: number) => {
  const feature = codes[code]?.feature
  return feature !== undefined && (fits(pattern, feature) || fits(pattern, featureNames[feature]))
}

function condition(field: FilterField, column: string, pattern: Pattern, found: Found): Condition {
  if (field === 'dest') return inDests(column, pattern)
  if (field === 'EventCode') return inCodes(column, (code) => fits(pattern, String(code)))
  if (field === 'feature') return inCodes(column, hasFeature(pattern))
  return inTextsOrNull(column, pattern, found)
}

/** The rules whose name, or its short form, fits. */
export function inRuleNames(column: string, pattern: Pattern): Condition {
  const { sql, values } = any([textFits('r.ASR_Rule', pattern), textFits('r.short', pattern)])
  return {
    sql: `${column} IN (SELECT t.id FROM asr_rule r CROSS JOIN text t ON t.hash = r.hash AND t.value = r.ID WHERE ${sql})`,
    values,
  }
}

/** Text anywhere in any field of the table, or in the name of its rule. */
export function freeText(q: string, found: Found, columns: Columns, furtherTexts: string[]): Condition {
  const pattern = anywhere(q)
  const inFound = (column: string) => inTexts(column, pattern, found)
  const conditions = filterFields.flatMap((field) => {
    const column = columns[field]
    if (column === undefined) return []
    if (field === 'ID') return [inFound(column), inRuleNames(column, pattern)]
    return field === 'dest' || field === 'EventCode' || field === 'feature'
      ? [condition(field, column, pattern, found)]
      : [inFound(column)]
  })
  return any([...conditions, ...furtherTexts.map(inFound)])
}

/** The filters of the URL that a table answers from its own columns. */
export function whereOf(params: Searched, columns: Columns, furtherTexts: string[] = []): Condition {
  const { found = new Map() } = params
  const conditions = filterFields.flatMap((field) => {
    const column = columns[field]
    const written = params.filters[field]
    if (column === undefined || written === undefined) return []
    return matching(written, (pattern) => condition(field, column, pattern, found))
  })
  return all(params.q === null ? conditions : [...conditions, freeText(params.q, found, columns, furtherTexts)])
}

/** Fields that are filtered by but are not among a table's columns: the events themselves answer for those. */
export const fieldsElsewhere = (params: Params, columns: Columns): FilterField[] =>
  filterFields.filter((field) => params.filters[field] !== undefined && columns[field] === undefined)

/** The columns of an event; free text looks into its registry values too. */
export const eventColumns: Columns = {
  dest: 'dest_id',
  ID: 'rule_id',
  EventCode: 'EventCode',
  Process_Name: 'process_id',
  Path: 'path_id',
  Parent_Commandline: 'parent_id',
  Target_Commandline: 'target_id',
  User: 'user_id',
  feature: 'EventCode',
}
export const eventTexts = ['old_id', 'new_id']
