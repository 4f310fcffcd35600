import { notAllowed, route } from '#lib/http/answer.ts'
import { uploadListAnswer } from '#lib/http/upload-list.ts'
import { selectRejects, streamRejects } from '#lib/query/uploads.ts'

const columns = ['log', 'record', 'line', 'offset', 'reason', 'detail', 'snippet']

export const GET = route(async (request: Request, context: RouteContext<'/api/v1/uploads/[id]/rejects'>) =>
  uploadListAnswer(request, (await context.params).id, {
    name: 'rejects',
    columns,
    page: (store, id, _params, at) => selectRejects(store, id, at),
    all: streamRejects,
  }),
)

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
