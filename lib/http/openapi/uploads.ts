import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { comparison, places } from '#lib/model/compared.ts'
import { continuityLists, continuityRows } from '#lib/model/continuity-rows.ts'
import { eventRow } from '#lib/model/hunting.ts'
import { receipt, rejectRow, uploadDetail } from '#lib/model/receipt.ts'
import { removedPage, removedUpload } from '#lib/model/removed.ts'
import { page } from '#lib/model/schema.ts'
import { sampleQuery, uploadQuery } from '../upload-query.ts'
import {
  failure,
  filter,
  format,
  json,
  noSpace,
  operation,
  optional,
  optionals,
  paging,
  rows,
  text,
  tooManyExports,
  unknown,
} from './parts.ts'
import { tableOperation } from './tables.ts'

const id = z.object({ id: text })
const compared = { a: text.describe('Id of an upload.'), b: text.describe('Id of another upload.') }
const place = z.enum(places).describe('Which of the two uploads have the events; both if it is left out.')
const listPage = z.union(continuityLists.map((list) => page(continuityRows[list])))

const send = operation('sendUpload', {
  summary:
    'Takes the bytes of one log as the body, streamed, and answers with its receipt when they are read to the end',
  requestParams: { query: z.object(optionals(uploadQuery.shape)) },
  requestBody: {
    required: true,
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  },
  responses: {
    201: json(receipt, 'The receipt'),
    400: failure(
      '`bad-parameter`: a parameter makes no sense. `broken-off`: the upload ended before its last byte, or is too damaged to be read; `detail` is its receipt.',
    ),
    408: failure('`stalled`: no byte came for too long (UPLOAD_IDLE_SECONDS).'),
    409: failure('`exists`: there is an upload of that id. `cancelled`: it was undone while it was sent or read.'),
    413: failure('`too-large`: the log, or what it unpacks to, is larger than a setting allows.'),
    415: failure('`unknown-format`: the log is of no format that can be read. `form`: the body is a form.'),
    503: failure(
      '`busy`: too many uploads are open. `stopping`: the server is being stopped (`Retry-After` says when to try again). `overlap-gone`: events of it were stored from another upload, which failed or was undone. `store-gone`: a file of the database was deleted.',
    ),
    ...noSpace,
  },
})

const one = operation('getUpload', {
  summary: 'The receipt, also while the log is being read, with the first rows of its lists',
  requestParams: { path: id },
  responses: { 200: json(uploadDetail, 'The receipt'), ...unknown },
})

const undo = operation('undoUpload', {
  summary: 'Undo: every count returns to what it was before. Cancels an upload that is being read',
  requestParams: { path: id },
  responses: {
    202: json(receipt, 'It takes longer than 20 seconds and goes on: the receipt, in state removing'),
    204: { description: 'Removed' },
    ...unknown,
  },
})

export const uploadPaths: ZodOpenApiPathsObject = {
  '/api/v1/uploads': { get: tableOperation('uploads'), post: send },
  '/api/v1/uploads/{id}': { get: one, delete: undo },
  '/api/v1/uploads/{id}/rejects': {
    get: operation('listRejects', {
      summary: 'The records that could not be read',
      requestParams: { path: id, query: z.object({ ...paging, format }) },
      responses: { 200: rows(page(rejectRow)), ...unknown, ...tooManyExports },
    }),
  },
  '/api/v1/uploads/{id}/{list}': {
    get: operation('listOfUpload', {
      summary: 'Dests, breaks or versions of an upload: how complete its log is',
      requestParams: {
        path: id.extend({ list: z.enum(continuityLists) }),
        query: z.object({ dest: filter, ...paging, format }),
      },
      responses: { 200: rows(listPage), ...unknown, ...tooManyExports },
    }),
  },
  '/api/v1/uploads/compare': {
    get: operation('compareUploads', {
      summary: 'Two uploads compared: dests, events in both or in one, codes, versions',
      requestParams: { query: z.object({ ...compared, ...paging }) },
      responses: { 200: json(comparison, 'The comparison'), ...unknown },
    }),
  },
  '/api/v1/uploads/compare/events': {
    get: operation('listComparedEvents', {
      summary: 'Events that two uploads both have, or one of them only',
      requestParams: { query: z.object({ ...compared, in: optional(place), ...paging, format }) },
      responses: { 200: rows(page(eventRow)), ...unknown, ...tooManyExports },
    }),
  },
  '/api/v1/removed': {
    get: operation('listRemoved', {
      summary: 'Uploads that were undone and can be restored, the last one first',
      requestParams: { query: z.object(paging) },
      responses: { 200: json(removedPage, 'A page of undone uploads') },
    }),
  },
  '/api/v1/removed/{id}/restore': {
    post: operation('restoreUpload', {
      summary: 'Restores an upload that was undone, under its id',
      requestParams: { path: id },
      responses: {
        202: json(removedUpload, 'It is being restored: its receipt says when it is done'),
        409: failure('`exists`: there is an upload of that id again.'),
        ...unknown,
      },
    }),
  },
  '/api/v1/sample': {
    post: operation('loadSample', {
      summary: 'Loads the simulated sample fleet once',
      requestParams: { query: z.object(optionals(sampleQuery.shape)) },
      responses: {
        200: json(receipt, 'It is loaded already: its receipt'),
        201: json(receipt, 'The receipt'),
        409: failure('`exists`: there is an upload of that id. `cancelled`: it was undone while it was loaded.'),
        ...noSpace,
      },
    }),
  },
}
