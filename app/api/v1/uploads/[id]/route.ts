import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { undoAnswer } from '#lib/http/undo.ts'
import { waitsById } from '#lib/http/waits.ts'
import { continuityLists } from '#lib/model/rows.ts'
import { pageLength } from '#lib/params/page.ts'

type At = RouteContext<'/api/v1/uploads/[id]'>

export const GET = route(async ({ reads }, _request: Request, at: At) => {
  const { id } = await at.params
  const receipt = await reads.upload(id)
  if (receipt === null) return notFoundAnswer(`upload ${id}`)
  const lists = await Promise.all(
    continuityLists.map(async (list) => {
      const { total, rows } = await reads.continuity(list, id, { dest: null, offset: 0, limit: pageLength })
      return [list, { total, rows: rows.map(apiRow) }] as const
    }),
  )
  const isUnderWay = receipt.state === 'queued' || receipt.state === 'reading'
  const waitsFor = isUnderWay ? ((await waitsById(reads)).get(id) ?? null) : null
  const shown = { ...apiRow(receipt), waitsFor, continuity: Object.fromEntries(lists) }
  if (receipt.logs === 0) return Response.json(shown)
  return Response.json({ ...shown, parts: (await reads.logs(id)).map(apiRow) })
})

/** Undo: every count returns to what it was before. An upload that is being read is cancelled. */
export const DELETE = route(async ({ reads, writes }, _request: Request, at: At) => {
  const { id } = await at.params
  return undoAnswer(reads, id, writes.undoUpload(id))
})

export const { POST, PUT, PATCH } = notAllowed('GET', 'DELETE')
