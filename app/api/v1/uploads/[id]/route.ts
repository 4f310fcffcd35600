import { notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { undoUpload } from '#lib/ingest/client.ts'
import { selectLogs, selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'

type Context = RouteContext<'/api/v1/uploads/[id]'>

export const GET = route(async (_request: Request, context: Context) => {
  const { id } = await context.params
  const store = await getStore()
  const receipt = await selectUpload(store, id)
  if (receipt === null) return notFoundAnswer(`upload ${id}`)
  if (receipt.logs === 0) return Response.json(apiRow(receipt))
  return Response.json({ ...apiRow(receipt), parts: (await selectLogs(store, id)).map(apiRow) })
})

/** Undo: every count returns to what it was before. An upload that is being read is cancelled. */
export const DELETE = route(async (_request: Request, context: Context) => {
  const { id } = await context.params
  return (await undoUpload(id)) ? new Response(null, { status: 204 }) : notFoundAnswer(`upload ${id}`)
})
