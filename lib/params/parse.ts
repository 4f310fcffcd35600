import type { ZodType } from 'zod'
import { defaultParams } from './defaults.ts'
import { patternsProblem, type Reader, sortProblem, valuesProblem } from './limits.ts'
import { isOldNumber, oldLink } from './old-link.ts'
import {
  type FilterField,
  isStackFilter,
  type Params,
  type Parsed,
  type Problem,
  type SearchParams,
  type TableName,
} from './params.ts'
import { filterNames, filterSchema, paramSchemas } from './schema.ts'

const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

const isFilter = (name: string): name is FilterField => filterNames.includes(name)

/** A parameter that does not exist. `keepProto` may have put a blank after its name. */
const unknown = (name: string, value: string): Problem => ({
  param: name.trimEnd(),
  value,
  message: 'There is no such parameter.',
})

/** Reads the text of a parameter that is not a filter. A stack that is not a key is a problem and is kept: it names no stack. */
function read(name: string, text: string, schema: ZodType): { data?: unknown; problem?: Problem } {
  const refused = name === 'sort' ? sortProblem(text) : null
  if (refused !== null) return { problem: refused }
  const { success, data, error } = schema.safeParse(text)
  if (success) return { data }
  if (name === 'stack') return { data: text, problem: stackProblem(text) }
  return { problem: { param: name, value: text, message: error.issues.map(({ message }) => message).join(' ') } }
}

/**
 * Reads a query string for one table. What makes no sense is a problem that names the parameter, its value and what
 * would be right; it is then as if it had not been there. `own` names further parameters that the caller reads itself.
 */
export function parseParams(
  search: SearchParams,
  table: TableName,
  own: readonly string[] = [],
  reader: Reader = 'page',
): Parsed {
  const params = defaultParams(table)
  const problems: Problem[] = []
  const schemas = paramSchemas(table, reader)
  for (const [name, value] of Object.entries(search)) {
    const texts = list(value)
    if (own.includes(name)) continue
    if (isFilter(name)) {
      const kept = texts.map((text) => filterSchema.parse(text)).filter((text) => text !== '')
      if (kept.length > 0) params.filters[name] = kept
      continue
    }
    if (isStackFilter(name)) {
      const kept = texts.map((text) => filterSchema.parse(text)).filter((text) => text !== '')
      if (table !== 'stack') problems.push(onlyOfStacks(name, kept.at(-1) ?? ''))
      else if (kept.length > 0) params.stackFilters[name] = kept
      continue
    }
    const schema = Object.hasOwn(schemas, name) ? schemas[name as keyof typeof schemas] : undefined
    const text = texts.at(-1) ?? ''
    if (schema === undefined) {
      problems.push(unknown(name, text))
      continue
    }
    if (text === '') continue
    const { data, problem } = read(name, text, schema)
    if (data !== undefined) Object.assign(params, { [name]: data })
    if (problem !== undefined) problems.push(problem)
  }
  const tooMany = valuesProblem({ ...params.filters, ...params.stackFilters })
  if (tooMany !== null) {
    Object.assign(params, { filters: {}, stackFilters: {} })
    problems.push(tooMany)
  }
  const tooWild = patternsProblem(params)
  if (tooWild !== null) {
    Object.assign(params, tooWild.param === 'q' ? { q: null } : { filters: {} })
    problems.push(tooWild)
  }
  if (params.from !== null && params.to !== null && params.from > params.to) {
    problems.push({ param: 'from', value: String(search.from), message: 'It is later than `to`.' })
    params.from = null
  }
  problems.push(...comparisonProblems(params))
  return { params, problems }
}

const onlyOfStacks = (param: string, value: string): Problem => ({
  ...{ param, value, showsNothing: true },
  message: 'Only stacks over any fields (/stack) are filtered by this.',
})

/** What is wrong with a ratio that nothing separates before and since for. */
function comparisonProblems({ since, minRatio }: Params): Problem[] {
  if (minRatio === null || since !== null) return []
  const message = 'A ratio compares with before: give `since` too.'
  return [{ param: 'minRatio', value: String(minRatio), message, showsNothing: true }]
}

/** The query string as Next returns it, from a URL's. */
export function searchParamsOf(url: URL): SearchParams {
  return Object.fromEntries([...new Set(url.searchParams.keys())].map((key) => [key, url.searchParams.getAll(key)]))
}

/** The parameters of a query that are not among `known`, each as a problem: for routes that read no table. */
export const unknownParams = (search: SearchParams, known: readonly string[]): Problem[] =>
  Object.entries(search)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => unknown(name, list(value).at(-1) ?? ''))

const stackProblem = (text: string): Problem =>
  isOldNumber(text)
    ? { param: 'stack', value: text, message: oldLink('stack'), isOldLink: true, showsNothing: true }
    : {
        param: 'stack',
        value: text,
        message: 'This is not the key of a stack, which has 22 characters.',
        showsNothing: true,
      }
