import { errorAnswer, notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { boundedBody, TooLarge } from '#lib/http/body.ts'
import { serveTable } from '#lib/http/serve-table.ts'
import { serveUpload } from '#lib/http/serve-upload.ts'
import { uploadLimits } from '#lib/http/upload-limits.ts'
import { readUploadQuery } from '#lib/http/upload-query.ts'
import { isIncoming } from '#lib/ingest/incoming.ts'

export const GET = route((context, request: Request) => serveTable(context, request, 'uploads'))

/** Takes the bytes of one log as the body and answers with its receipt when they are read to the end. */
export const POST = route(async (context, request: Request) => {
  const { said, problems } = readUploadQuery(new URL(request.url))
  if (said === null) return problemsAnswer(problems)
  if (request.headers.get('content-type')?.startsWith('multipart/')) {
    const message =
      'The body is a form. Send the bytes of the log as they are: curl -T FILE -X POST …/api/v1/uploads?name=FILE'
    return errorAnswer(415, 'form', message)
  }
  const { id } = said
  if ((await isIncoming(id)) || (await context.reads.upload(id)) !== null) {
    return errorAnswer(409, 'exists', `There is an upload ${id} already. Leave id out, or choose another.`)
  }
  const limits = uploadLimits()
  const length = request.headers.get('content-length')
  const bytes = length === null ? null : Number(length)
  if (bytes !== null && bytes > limits.bytes) {
    return errorAnswer(413, 'too-large', `The log has ${bytes} bytes: ${new TooLarge(limits.bytes).message}.`)
  }
  const body = request.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
  return serveUpload(context, { ...said, bytes }, boundedBody(body, limits), request.signal)
})

export const { PUT, PATCH, DELETE } = notAllowed('GET', 'POST')
