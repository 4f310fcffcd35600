import type { Context } from '#lib/access/context.ts'
import { wildcardsProblem } from '#lib/hunting/wildcards.ts'
import { valuePage } from '#lib/model/values.ts'
import { filterFields, type Problem } from '#lib/params/params.ts'
import { parseParams, searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { filterNames, paramSchemas } from '#lib/params/schema.ts'
import { selectValues, type ValueTable, valuesAtOnce } from '#lib/query/values.ts'
import { problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'

/** Parameters of a table that values do not have: they are in one order, on one page, and have no times. */
const ofTables = ['sort', 'page', 'tz']

/** The parameters of a table that values have too. */
export const valueParams = (table: ValueTable): string[] => [
  ...Object.keys(paramSchemas(table)).filter((name) => !ofTables.includes(name)),
  ...filterNames,
]

const own = ['field', 'find'] as const
const write = apiWriter(valuePage)

/** Answers which values a field has in a table, and how many events have each. */
export async function serveValues({ reads, now }: Context, request: Request, table: ValueTable): Promise<Response> {
  const search = searchParamsOf(new URL(request.url))
  const { params, problems } = parseParams(search, table, own, 'json')
  const [asked, find] = own.map((name) => [search[name] ?? ''].flat().at(-1) ?? '')
  const field = filterFields.find((each) => each === asked)
  const known = [...own, ...valueParams(table)]
  const extra = unknownParams(search, known).filter(({ param }) => problems.every((problem) => problem.param !== param))
  const odd: Problem[] = [...problems, ...extra]
  if (field === undefined)
    odd.push({ param: 'field', value: asked ?? '', message: `Give one of ${filterFields.join(', ')}.` })
  const tooWild = wildcardsProblem(find ?? '')
  if (tooWild !== null) odd.push({ param: 'find', value: (find ?? '').slice(0, 120), message: tooWild })
  if (odd.length > 0 || field === undefined) return problemsAnswer(odd)
  const asking = { table, field, find: find ?? '', limit: params.limit ?? valuesAtOnce }
  return Response.json(write(await selectValues(reads, params, now, asking)))
}
