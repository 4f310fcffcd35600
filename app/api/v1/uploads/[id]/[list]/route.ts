import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { continuityLists } from '#lib/model/rows.ts'
import { destAsked, listColumns } from '#lib/query/continuity.ts'

/** The dests, breaks or versions of an upload, of all dests or one. */
export const GET = route(async ({ reads }, request: Request, at: RouteContext<'/api/v1/uploads/[id]/[list]'>) => {
  const { id, list: name } = await at.params
  const list = continuityLists.find((each) => each === name)
  if (list === undefined) return notFoundAnswer(`list ${name} of an upload`)
  return uploadListAnswer(reads, request, id, {
    name: list,
    columns: listColumns[list],
    page: async ({ filters }, page) => {
      const { total, rows } = await reads.continuity(list, id, { dest: destAsked(filters), ...page })
      return { total, rows: rows.map(apiRow) }
    },
    all: ({ filters }) => reads.continuityRows(list, id, destAsked(filters)),
  })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
