import { notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { selectRiskOf } from '#lib/query/risk.ts'
import { getStore } from '#lib/store/open.ts'

/** *View risk events for the last 7 days for - "$dest$"*: one row, or none where the dest has no risk in the window. */
export const GET = route(async (request: Request, context: RouteContext<'/api/v1/risk/[dest]'>) => {
  const { dest } = await context.params
  const { params, problems } = parseParams(searchParamsOf(new URL(request.url)), 'risk', [], 'json')
  if (problems.length > 0) return problemsAnswer(problems)
  const store = await getStore()
  const row = await selectRiskOf(store, dest, params)
  if (row === null && !(await isKnown(dest))) return notFoundAnswer(`dest ${dest}`)
  return Response.json(row === null ? { total: 0, rows: [] } : { total: 1, rows: [apiRow(row)] })

  async function isKnown(key: string): Promise<boolean> {
    return (await store.all('SELECT id FROM dest WHERE key = ?', [key.toLowerCase()])).length > 0
  }
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
