import { errorAnswer, notAllowed, notFoundAnswer, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { eventFormatOf, eventFormats } from '#lib/http/event-format.ts'
import { printableXml } from '#lib/log/printable.ts'
import { eventDetail } from '#lib/model/hunting.ts'
import { isOldNumber, oldLink } from '#lib/params/old-link.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { eventXml } from '#lib/text/event-xml.ts'

const write = apiWriter(eventDetail)

export const GET = route(async ({ reads }, request: Request, at: RouteContext<'/api/v1/events/[id]'>) => {
  const { id } = await at.params
  const problems = unknownParams(searchParamsOf(new URL(request.url)), ['format'])
  if (problems.length > 0) return problemsAnswer(problems)
  const format = eventFormatOf(request)
  if (format === null) return errorAnswer(400, 'bad-parameter', `format is one of ${eventFormats.join(', ')}.`)
  if (isOldNumber(id)) return errorAnswer(410, 'old-link', oldLink('event'), { id })
  const event = await reads.event(id)
  if (event === null) return notFoundAnswer(`event ${id}`)
  if (format === 'json') return Response.json(write(event))
  const xml = eventXml(event.fields)
  if (xml === null)
    return notFoundAnswer(`XML of event ${id}: its log has other fields than those of a Windows event's XML`)
  return new Response(printableXml(xml), { headers: { 'Content-Type': 'application/xml; charset=utf-8' } })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
