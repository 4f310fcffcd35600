import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { serveTable } from '#lib/http/serve-table.ts'
import { isTable, tables } from '#lib/http/tables.ts'

export const GET = route(async (context, request: Request, at: RouteContext<'/api/v1/[table]'>) => {
  const { table } = await at.params
  if (!isTable(table)) return notFoundAnswer(`table ${table}; there are ${Object.keys(tables).join(', ')}`)
  return serveTable(context, request, table)
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
