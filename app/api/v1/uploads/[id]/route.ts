import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { undoAnswer } from '#lib/http/undo.ts'
import { waitsById } from '#lib/http/waits.ts'
import { uploadDetail } from '#lib/model/receipt.ts'
import { pageLength } from '#lib/params/page.ts'

const write = apiWriter(uploadDetail)

/** The rows of a list that its first page has. */
const first = { dest: null, offset: 0, limit: pageLength }

type At = RouteContext<'/api/v1/uploads/[id]'>

export const GET = route(async ({ reads }, _request: Request, at: At) => {
  const { id } = await at.params
  const receipt = await reads.upload(id)
  if (receipt === null) return notFoundAnswer(`upload ${id}`)
  const [dests, breaks, versions, parts] = await Promise.all([
    reads.continuity('dests', id, first),
    reads.continuity('breaks', id, first),
    reads.continuity('versions', id, first),
    receipt.logs === 0 ? [] : reads.logs(id),
  ])
  const isUnderWay = receipt.state === 'queued' || receipt.state === 'reading'
  const waitsFor = isUnderWay ? ((await waitsById(reads)).get(id) ?? null) : null
  const shown = { ...receipt, waitsFor, continuity: { dests, breaks, versions } }
  return Response.json(write(receipt.logs === 0 ? shown : { ...shown, parts }))
})

/** Undo: every count returns to what it was before. An upload that is being read is cancelled. */
export const DELETE = route(async ({ reads, writes }, _request: Request, at: At) => {
  const { id } = await at.params
  return undoAnswer(reads, id, writes.undoUpload(id))
})

export const { POST, PUT, PATCH } = notAllowed('GET', 'DELETE')
