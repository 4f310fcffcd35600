import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { continuityLists, continuityRows } from '#lib/model/continuity-rows.ts'
import { destAsked } from '#lib/query/continuity.ts'

/** The dests, breaks or versions of an upload, of all dests or one. */
export const GET = route(async ({ reads }, request: Request, at: RouteContext<'/api/v1/uploads/[id]/[list]'>) => {
  const { id, list: name } = await at.params
  const list = continuityLists.find((each) => each === name)
  if (list === undefined) return notFoundAnswer(`list ${name} of an upload`)
  return uploadListAnswer(reads, request, id, {
    name: list,
    row: continuityRows[list],
    page: ({ filters }, page) => reads.continuity(list, id, { dest: destAsked(filters), ...page }),
    all: ({ filters }) => reads.continuityRows(list, id, destAsked(filters)),
  })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
