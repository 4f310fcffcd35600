import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { continuityLists, continuityRows } from '#lib/model/continuity-rows.ts'
import { destAsked } from '#lib/query/continuity.ts'

/** The dests, breaks or versions of an upload, of all dests or one. */
export const GET = route(async (context, request: Request, at: RouteContext<'/api/v1/uploads/[id]/[list]'>) => {
  const { id, list: name } = await at.params
  const list = continuityLists.find((each) => each === name)
  if (list === undefined) return notFoundAnswer(`list ${name} of an upload`)
  return uploadListAnswer(context, request, id, {
    name: list,
    row: continuityRows[list],
    page: ({ filters }, page) => context.reads.continuity(list, id, { dest: destAsked(filters), ...page }),
    all: ({ filters }) => context.reads.continuityRows(list, id, destAsked(filters)),
  })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
