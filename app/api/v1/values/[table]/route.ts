import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { serveValues } from '#lib/http/serve-values.ts'
import { valueTables } from '#lib/query/values.ts'

export const GET = route(async (context, request: Request, at: RouteContext<'/api/v1/values/[table]'>) => {
  const { table: name } = await at.params
  const table = valueTables.find((each) => each === name)
  if (table === undefined) return notFoundAnswer(`table of values ${name}; there are ${valueTables.join(', ')}`)
  return serveValues(context, request, table)
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
