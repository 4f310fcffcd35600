import { notAllowed, route } from '#lib/http/answer.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { rejectRow } from '#lib/model/receipt.ts'

export const GET = route(async (context, request: Request, at: RouteContext<'/api/v1/uploads/[id]/rejects'>) => {
  const { id } = await at.params
  return uploadListAnswer(context, request, id, {
    name: 'rejects',
    row: rejectRow,
    page: (_params, page) => context.reads.rejects(id, page),
    all: () => context.reads.rejectRows(id),
  })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
