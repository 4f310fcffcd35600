import { z } from 'zod'
import type { ZodOpenApiPathsObject, ZodOpenApiResponseObject } from 'zod-openapi'
import { operation, text } from './parts.ts'

const header = z.object({ 'Tus-Resumable': z.literal('1.0.0') })
const one = { path: z.object({ id: text }), header }

/** An answer of the tus protocol: its failures are plain text. */
const plain = (description: string): ZodOpenApiResponseObject => ({
  description,
  content: { 'text/plain': { schema: text } },
})
const gone = { 404: plain('There is no such upload, or it has expired.') }
const offset = z.object({ 'Upload-Offset': text.describe('Bytes that the server has.') })

/** Logs that are sent in pieces, by the tus protocol 1.0. */
export const resumablePaths: ZodOpenApiPathsObject = {
  '/api/v1/resumable': {
    post: operation('beginResumable', {
      summary: 'Begins a log that is sent in pieces (tus 1.0)',
      requestParams: {
        header: header.extend({
          'Upload-Length': text.describe('Bytes of the log. A log of unknown length is not taken.'),
          'Upload-Metadata': text
            .optional()
            .describe('`name`, `tz`, `dest` and `id`, with their values in base64, as the tus protocol has them.'),
        }),
      },
      responses: {
        201: {
          description: 'It is begun',
          headers: z.object({ Location: text.describe('Where its pieces are sent to.') }),
        },
        400: plain('The metadata or a header makes no sense.'),
        409: plain('There is an upload of that id.'),
        413: plain('It is larger than UPLOAD_MAX_BYTES.'),
        503: plain('Too many logs or pieces are being sent.'),
        507: plain('It goes beyond a quota, or the disk has no space for it.'),
      },
    }),
  },
  '/api/v1/resumable/{id}': {
    head: operation('getResumable', {
      summary: 'How many bytes of the log the server has',
      requestParams: one,
      responses: { 200: { description: 'It can go on', headers: offset }, ...gone },
    }),
    patch: operation('sendPiece', {
      summary: 'Sends the next piece. When the last one is there, the log is read: follow it at /api/v1/uploads/{id}',
      requestParams: {
        ...one,
        header: header.extend({ 'Upload-Offset': text.describe('Bytes that were sent before.') }),
      },
      requestBody: {
        required: true,
        content: { 'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: {
        204: { description: 'The piece is kept', headers: offset },
        408: plain('The piece had no byte for UPLOAD_IDLE_SECONDS. What came of it is kept.'),
        409: plain('The server has another number of bytes.'),
        413: plain('The piece goes beyond the length of the log.'),
        503: plain('Too many logs or pieces are being sent.'),
        507: plain('The disk has no space for it.'),
        ...gone,
      },
    }),
    delete: operation('cancelResumable', {
      summary: 'Cancels a log that is being sent',
      requestParams: one,
      responses: { 204: { description: 'What was sent of it is removed' }, ...gone },
    }),
  },
}
