import { codes, featureNames } from '#lib/asr/codes.ts'
import { type FilterField, filterFields } from '#lib/params/params.ts'
import { fits, type Pattern } from '#lib/params/pattern.ts'
import type { Asked, Filter } from '#lib/store/reads.ts'
import { all, among, any, type Condition, fittingTexts, likeOf, matching, textFits } from './condition.ts'
import { type Texts, textsOf } from './found.ts'

/**
 * The columns in which a table contains the fields that can be filtered: numbers of texts in the dictionary (0 if
 * nothing was logged, shown as NULL), of dests, or the EventCode. Texts are few, so a filter is looked up among them
 * first and then compared by number.
 */
export type Columns = Partial<Record<FilterField, string>>

function inTexts(column: string, pattern: Pattern, texts: Texts): Condition {
  const ids = texts.get(likeOf(pattern))
  if (ids !== undefined) return { sql: among(column, ids), values: [] }
  const { sql, values } = fittingTexts(pattern)
  return { sql: `${column} IN (${sql})`, values }
}

const inTextsOrNull = (column: string, pattern: Pattern, texts: Texts): Condition =>
  fits(pattern, 'NULL')
    ? any([inTexts(column, pattern, texts), { sql: `${column} = 0`, values: [] }])
    : inTexts(column, pattern, texts)

/** The key of a dest is its name in lower case. */
function inDests(column: string, pattern: Pattern): Condition {
  const [name = '', ...more] = pattern.parts
  const isName = { sql: 'key = ?', values: [name.toLowerCase()] }
  const { sql, values } = more.length === 0 ? isName : textFits('key', pattern)
  return { sql: `${column} IN (SELECT id FROM dest WHERE ${sql})`, values }
}

const inCodes = (column: string, test: (code: number) => boolean): Condition => ({
  sql: among(column, Object.keys(codes).map(Number).filter(test)),
  values: [],
})

const hasFeature = (pattern: Pattern) => (code: number) => {
  const feature = codes[code]?.feature
  return feature !== undefined && (fits(pattern, feature) || fits(pattern, featureNames[feature]))
}

/** Whether the filter lets an EventCode through, as far as it is about the code and the feature. */
export function isCodeAllowed({ fields }: Filter, code: number): boolean {
  const isFit = (patterns: readonly Pattern[], test: (pattern: Pattern) => boolean): boolean => {
    const included = patterns.filter(({ exclude }) => !exclude)
    return (included.length === 0 || included.some(test)) && !patterns.some((each) => each.exclude && test(each))
  }
  return (
    isFit(fields.EventCode ?? [], (pattern) => fits(pattern, String(code))) &&
    isFit(fields.feature ?? [], (pattern) => hasFeature(pattern)(code))
  )
}

function condition(field: FilterField, column: string, pattern: Pattern, texts: Texts): Condition {
  if (field === 'dest') return inDests(column, pattern)
  if (field === 'EventCode') return inCodes(column, (code) => fits(pattern, String(code)))
  if (field === 'feature') return inCodes(column, hasFeature(pattern))
  return inTextsOrNull(column, pattern, texts)
}

/** The rules whose name, or its short form, fits. */
export function inRuleNames(column: string, pattern: Pattern): Condition {
  const { sql, values } = any([textFits('r."ASR_Rule"', pattern), textFits('r.short', pattern)])
  return {
    sql: `${column} IN (SELECT t.id FROM asr_rule r CROSS JOIN text t ON t.hash = r.hash AND t.value = r."ID" WHERE ${sql})`,
    values,
  }
}

/** Text anywhere in any field of the table, or in the name of its rule. */
export function freeText(pattern: Pattern, texts: Texts, columns: Columns, furtherTexts: string[]): Condition {
  const inFound = (column: string) => inTexts(column, pattern, texts)
  const conditions = filterFields.flatMap((field) => {
    const column = columns[field]
    if (column === undefined) return []
    if (field === 'ID') return [inFound(column), inRuleNames(column, pattern)]
    return field === 'dest' || field === 'EventCode' || field === 'feature'
      ? [condition(field, column, pattern, texts)]
      : [inFound(column)]
  })
  return any([...conditions, ...furtherTexts.map(inFound)])
}

/** The condition of a filter, without its free text, as far as a table has its fields. */
export function fieldsWhere({ filter, found }: Asked, columns: Columns): Condition {
  const texts = textsOf(found)
  return all(
    filterFields.flatMap((field) => {
      const column = columns[field]
      const patterns = filter.fields[field]
      if (column === undefined || patterns === undefined) return []
      return matching(patterns, (pattern) => condition(field, column, pattern, texts))
    }),
  )
}

/** The condition of a filter with its free text, as far as a table has its fields. */
export function whereOf(asked: Asked, columns: Columns, furtherTexts: string[] = []): Condition {
  const { text } = asked.filter
  const fields = fieldsWhere(asked, columns)
  return text === null ? fields : all([fields, freeText(text, textsOf(asked.found), columns, furtherTexts)])
}

/** The filter without what a table has the fields for. */
export function without({ filter, ...asked }: Asked, columns: Columns): Asked {
  const fields = Object.entries(filter.fields).filter(([field]) => columns[field as FilterField] === undefined)
  return { ...asked, filter: { ...filter, fields: Object.fromEntries(fields) } }
}

/** The columns of an event; free text looks into its registry values too. */
export const eventColumns: Columns = {
  dest: 'dest_id',
  ID: 'rule_id',
  EventCode: '"EventCode"',
  Process_Name: 'process_id',
  Path: 'path_id',
  Parent_Commandline: 'parent_id',
  Target_Commandline: 'target_id',
  User: 'user_id',
  feature: '"EventCode"',
}
export const eventTexts = ['old_id', 'new_id']
