import { notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { selectEvent } from '#lib/query/events.ts'
import { getStore } from '#lib/store/open.ts'

export const GET = route(async (_request: Request, context: RouteContext<'/api/v1/events/[id]'>) => {
  const { id } = await context.params
  const event = /^\d{1,15}$/.test(id) ? await selectEvent(await getStore(), Number(id)) : null
  return event === null ? notFoundAnswer(`event ${id}`) : Response.json(apiRow(event))
})
