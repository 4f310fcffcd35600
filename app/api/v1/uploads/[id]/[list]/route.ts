import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { continuityLists, destAsked, listColumns, selectList, streamList } from '#lib/query/continuity.ts'

/** The dests, breaks or versions of an upload, of all dests or one. */
export const GET = route(async (request: Request, context: RouteContext<'/api/v1/uploads/[id]/[list]'>) => {
  const { id, list: name } = await context.params
  const list = continuityLists.find((each) => each === name)
  if (list === undefined) return notFoundAnswer(`list ${name} of an upload`)
  return uploadListAnswer(request, id, {
    name: list,
    columns: listColumns[list],
    page: async (store, of, { filters }, at) => {
      const { total, rows } = await selectList(store, list, of, { dest: destAsked(filters), ...at })
      return { total, rows: rows.map(apiRow) }
    },
    all: (store, of, { filters }) => streamList(store, list, of, destAsked(filters)),
  })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
