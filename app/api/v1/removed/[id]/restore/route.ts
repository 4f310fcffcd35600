import { errorAnswer, notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { removedUpload } from '#lib/model/removed.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { pathPart } from '#lib/params/hrefs.ts'

const write = apiWriter(removedUpload)

/** Begins to restore an upload that was undone. The receipt, under the same id, says when it is done. */
export const POST = route(async (context, _request: Request, at: RouteContext<'/api/v1/removed/[id]/restore'>) => {
  const id = pathPart((await at.params).id) ?? ''
  const kept = (await context.reads.removed()).find((each) => each.id === id)
  const restored = await context.writes.restoreUpload(id)
  if (restored === 'exists') return errorAnswer(409, 'exists', `There is an upload ${id} again. Undo it first.`)
  if (restored === 'gone' || kept === undefined) return notFoundAnswer(`undone upload ${id} that is kept`)
  const headers = { Location: apiPaths.upload(id) }
  return Response.json(write({ ...kept, state: 'restoring' }), { status: 202, headers })
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
