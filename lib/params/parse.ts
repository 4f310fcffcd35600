import { defaultParams } from './defaults.ts'
import { isOldNumber, oldLink } from './old-link.ts'
import type { FilterField, Parsed, Problem, SearchParams, TableName } from './params.ts'
import { filterNames, filterSchema, paramSchemas } from './schema.ts'

const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/**
 * Reads a query string for one table. What makes no sense is a problem that names the parameter, its value and what
 * would be right; it is then as if it had not been there. `own` names further parameters that the caller reads itself.
 */
export function parseParams(search: SearchParams, table: TableName, own: readonly string[] = []): Parsed {
  const params = defaultParams(table)
  const problems: Problem[] = []
  const schemas = paramSchemas(table)
  for (const [name, value] of Object.entries(search)) {
    const texts = list(value)
    if (own.includes(name)) continue
    if (filterNames.includes(name)) {
      const kept = texts.map((text) => filterSchema.parse(text)).filter((text) => text !== '')
      if (kept.length > 0) params.filters[name as FilterField] = kept
      continue
    }
    const schema = Object.hasOwn(schemas, name) ? schemas[name as keyof typeof schemas] : undefined
    const text = texts.at(-1) ?? ''
    if (schema === undefined) {
      problems.push({ param: name, value: text, message: 'There is no such parameter.' })
      continue
    }
    if (text === '') continue
    const result = schema.safeParse(text)
    if (result.success) Object.assign(params, { [name]: result.data })
    else if (name === 'stack') {
      params.stack = text
      problems.push(stackProblem(text))
    } else
      problems.push({ param: name, value: text, message: result.error.issues.map((issue) => issue.message).join(' ') })
  }
  if (params.from !== null && params.to !== null && params.from > params.to) {
    problems.push({ param: 'from', value: String(search.from), message: 'It is later than `to`.' })
    params.from = null
  }
  return { params, problems }
}

/** The query string as Next gives it, from a URL's. */
export function searchParamsOf(url: URL): SearchParams {
  return Object.fromEntries([...new Set(url.searchParams.keys())].map((key) => [key, url.searchParams.getAll(key)]))
}

const stackProblem = (text: string): Problem =>
  isOldNumber(text)
    ? { param: 'stack', value: text, message: oldLink('stack'), isOldLink: true, showsNothing: true }
    : {
        param: 'stack',
        value: text,
        message: 'This is not the key of a stack, which has 22 characters.',
        showsNothing: true,
      }
