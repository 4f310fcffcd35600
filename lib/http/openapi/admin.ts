import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { auditActions, auditPage } from '#lib/model/access.ts'
import {
  displaySent,
  madeToken,
  newToken,
  sessionPage,
  settingPage,
  storage,
  tokenPage,
} from '#lib/model/administration.ts'
import { paramSchemas } from '#lib/params/schema.ts'
import { body, failure, json, operation, optional, optionals, paging, text, tooManyExports, unknown } from './parts.ts'

const pathOf = (what: string) => ({ path: z.object({ id: text.describe(`Id of a ${what}.`) }) })
const tooLarge = { 413: failure('`too-large`: the body is too large.') }
const deleted = { 204: { description: 'It is gone' } }
const { from, to } = paramSchemas('uploads')

/** Tokens and displays, and what else administrators have. */
export const adminPaths: ZodOpenApiPathsObject = {
  '/api/v1/tokens': {
    get: operation('listTokens', {
      summary: 'The tokens in the order of their names, also those that have expired',
      requestParams: { query: z.object(paging) },
      responses: { 200: json(tokenPage, 'A page of tokens') },
    }),
    post: operation('makeToken', {
      summary: 'Makes a token; only this answer has its secret',
      requestBody: body(newToken),
      responses: { 201: json(madeToken, 'The token and its secret'), ...tooLarge },
    }),
  },
  '/api/v1/tokens/{id}': {
    delete: operation('revokeToken', {
      summary: 'Revokes a token: what it has open ends, and no later request is answered with it',
      requestParams: pathOf('token'),
      responses: { ...deleted, ...unknown },
    }),
  },
  '/api/v1/display': {
    post: operation('openDisplay', {
      summary: 'Opens the wall on a screen: returns a cookie for a display token in `Authorization` or in the body',
      requestBody: { content: { 'application/json': { schema: displaySent } } },
      responses: {
        204: { description: 'The cookie is set' },
        401: failure('`sign-in-failed`: there is no such token, or its scope is not `display`.'),
        ...tooLarge,
        ...tooManyExports,
      },
    }),
  },
  '/api/v1/sessions': {
    get: operation('listSessions', {
      summary: 'The sessions of every account, the one used last first',
      requestParams: { query: z.object(paging) },
      responses: { 200: json(sessionPage, 'A page of sessions') },
    }),
  },
  '/api/v1/sessions/{id}': {
    delete: operation('endSession', {
      summary: 'Ends a session: its browser is signed out',
      requestParams: pathOf('session'),
      responses: { ...deleted, ...unknown },
    }),
  },
  '/api/v1/audit-log': {
    get: operation('listAuditLog', {
      summary:
        'What was done, by whom, from where: a page, the newest row first; as NDJSON every row, the oldest first',
      requestParams: {
        query: z.object({
          ...optionals({ from, to }),
          actor: optional(text.describe('Name of who did it, without case.')),
          action: optional(z.enum(auditActions).describe('What was done.')),
          subject: optional(text.describe('Id of what it was done to.')),
          format: optional(z.enum(['json', 'ndjson']).describe('NDJSON takes no `page` and no `limit`.')),
          ...paging,
        }),
      },
      responses: {
        200: {
          description:
            'A page of rows, or all of them as NDJSON. Times within `before` and `after` are milliseconds since 1970.',
          content: {
            'application/json': { schema: auditPage },
            'application/x-ndjson': { schema: text.describe('A row a line, as in the JSON.') },
          },
        },
        ...tooManyExports,
      },
    }),
  },
  '/api/v1/settings': {
    get: operation('listSettings', {
      summary: 'The settings of the environment that the server was started with',
      responses: { 200: json(settingPage, 'All settings') },
    }),
  },
  '/api/v1/storage': {
    get: operation('getStorage', {
      summary: 'What the data folder has on its disk',
      responses: { 200: json(storage, 'Bytes and counts') },
    }),
  },
}
