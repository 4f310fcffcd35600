import { notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { riskOfHost } from '#lib/model/risk.ts'
import { decodedPart } from '#lib/params/hrefs.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { applyDecisions } from '#lib/query/decided.ts'
import { ask } from '#lib/query/question.ts'
import { ofDest, selectRiskOf } from '#lib/query/risk.ts'

const write = apiWriter(riskOfHost)

/** *View risk events for the last 7 days for - "$dest$"*: one row, or none if the host has no risk in the window. */
export const GET = route(async ({ reads, now }, request: Request, at: RouteContext<'/api/v1/risk/[dest]'>) => {
  const dest = decodedPart((await at.params).dest)
  const { params, problems } = parseParams(searchParamsOf(new URL(request.url)), 'risk', [], 'json')
  if (problems.length > 0) return problemsAnswer(problems)
  const row = await selectRiskOf(reads, await applyDecisions(reads, await ask(reads, ofDest(params, dest), now)))
  if (row === null && !(await reads.hasHost(dest))) return notFoundAnswer(`dest ${dest}`)
  return Response.json(write(row === null ? { total: 0, rows: [] } : { total: 1, rows: [row] }))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
