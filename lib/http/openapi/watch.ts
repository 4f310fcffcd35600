import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { wallData } from '#lib/model/figures.ts'
import { progress } from '#lib/model/progress.ts'
import { briefHealth, health } from '#lib/model/state.ts'
import { appliedDispositions } from '#lib/params/schema.ts'
import { anchored, failure, json, operation, optional, text, unknown } from './parts.ts'

const id = z.object({
  id: text.describe('The id that a page has for its question. It is known only as long as that is being answered.'),
})

/** What watches over the server and its data. */
export const watchPaths: ZodOpenApiPathsObject = {
  '/api/v1/health': {
    get: operation('getHealth', {
      summary: 'Whether the store can be read and written',
      responses: {
        200: json(z.union([health, briefHealth]), 'It can. Without a session or a token, nothing else is said'),
        503: json(z.union([health, briefHealth]), 'It cannot: `problems` says why'),
      },
    }),
  },
  '/api/v1/wall': {
    get: operation('getWall', {
      summary: 'What the wall shows',
      requestParams: { query: z.object({ ...anchored, dispositions: optional(appliedDispositions) }) },
      responses: { 200: json(wallData, 'Figures and lists') },
    }),
  },
  '/api/v1/wall/stream': {
    get: operation('streamWall', {
      summary: 'The same as server-sent events, every 5 seconds',
      requestParams: { query: z.object({ ...anchored, dispositions: optional(appliedDispositions) }) },
      responses: {
        200: {
          description: 'A stream: the data of each event is the JSON of `/api/v1/wall`',
          content: { 'text/event-stream': { schema: text } },
        },
        503: failure('`busy`: too many screens listen; `Retry-After` says when to try again.'),
      },
    }),
  },
  '/api/v1/progress/{id}': {
    get: operation('getProgress', {
      summary: 'How far the question of a page of the workbench is, as long as it is being answered',
      requestParams: { path: id },
      responses: { 200: json(progress, 'What is being done, and how much of it'), ...unknown },
    }),
    delete: operation('cancelQuestion', {
      summary: 'Ends the question of a page of the workbench',
      requestParams: { path: id },
      responses: { 204: { description: 'It is ended' }, ...unknown },
    }),
  },
  '/api/v1/openapi.json': {
    get: operation('getOpenApi', {
      summary: 'This document',
      responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
    }),
  },
}
