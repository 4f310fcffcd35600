import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { undoAnswer } from '#lib/http/undo.ts'
import { waitsById } from '#lib/http/waits.ts'
import { undoUpload } from '#lib/ingest/client.ts'
import { continuityLists, selectList } from '#lib/query/continuity.ts'
import { pageLength } from '#lib/query/page.ts'
import { selectLogs, selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'

type Context = RouteContext<'/api/v1/uploads/[id]'>

export const GET = route(async (_request: Request, context: Context) => {
  const { id } = await context.params
  const store = await getStore()
  const receipt = await selectUpload(store, id)
  if (receipt === null) return notFoundAnswer(`upload ${id}`)
  const lists = await Promise.all(
    continuityLists.map(async (list) => {
      const { total, rows } = await selectList(store, list, id, { dest: null, offset: 0, limit: pageLength })
      return [list, { total, rows: rows.map(apiRow) }] as const
    }),
  )
  const isUnderWay = receipt.state === 'queued' || receipt.state === 'reading'
  const waitsFor = isUnderWay ? ((await waitsById(store)).get(id) ?? null) : null
  const shown = { ...apiRow(receipt), waitsFor, continuity: Object.fromEntries(lists) }
  if (receipt.logs === 0) return Response.json(shown)
  return Response.json({ ...shown, parts: (await selectLogs(store, id)).map(apiRow) })
})

/** Undo: every count returns to what it was before. An upload that is being read is cancelled. */
export const DELETE = route(async (_request: Request, context: Context) => {
  const { id } = await context.params
  return undoAnswer(await getStore(), id, undoUpload(id))
})

export const { POST, PUT, PATCH } = notAllowed('GET', 'DELETE')
