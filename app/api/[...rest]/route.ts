import { notFoundAnswer } from '#lib/http/answer.ts'

const nowhere = (request: Request): Response =>
  notFoundAnswer(`${new URL(request.url).pathname}; /api/v1/openapi.json says what there is`)

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT }
