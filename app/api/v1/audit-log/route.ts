import { errorAnswer, notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { exportAnswer } from '#lib/http/export.ts'
import { recordExport } from '#lib/http/export-record.ts'
import { auditPage, auditRow } from '#lib/model/access.ts'
import { readAudit } from '#lib/params/audit.ts'
import { pageRange } from '#lib/params/page.ts'
import { searchParamsOf } from '#lib/params/parse.ts'

const write = apiWriter(auditPage)

/** The audit log: a page of it, the newest row first, or all rows that fit as NDJSON, the oldest first. */
export const GET = route(async (context, request: Request) => {
  const url = new URL(request.url)
  const { asked, params, problems } = readAudit(searchParamsOf(url), ['format'])
  if (problems.length > 0) return problemsAnswer(problems)
  const format = url.searchParams.get('format') ?? 'json'
  if (format === 'json') return Response.json(write(await context.reads.audit(asked, pageRange(params))))
  if (format !== 'ndjson') return errorAnswer(400, 'bad-parameter', 'format is json or ndjson.')
  if (url.searchParams.has('page') || url.searchParams.has('limit'))
    return errorAnswer(400, 'bad-parameter', 'An export has every row that fits: it takes no page and no limit.')
  await recordExport(context, request, format)
  const columns = Object.keys(auditRow.shape)
  return exportAnswer(format, context.reads.auditRows(asked), { name: 'asr-hunt-audit', row: auditRow, columns })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
