import { notAllowed, route } from '#lib/http/answer.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { rejectRow } from '#lib/model/receipt.ts'

export const GET = route(async ({ reads }, request: Request, at: RouteContext<'/api/v1/uploads/[id]/rejects'>) => {
  const { id } = await at.params
  return uploadListAnswer(reads, request, id, {
    name: 'rejects',
    row: rejectRow,
    page: (_params, page) => reads.rejects(id, page),
    all: () => reads.rejectRows(id),
  })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
