import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { accountPage, madeUser, newUser, userChange } from '#lib/model/access.ts'
import { body, failure, json, operation, paging, text, unknown } from './parts.ts'

const path = z.object({ id: text.describe('Id of an account.') })
const tooLarge = { 413: failure('`too-large`: the body is too large.') }

/** Accounts, for administrators. */
export const userPaths: ZodOpenApiPathsObject = {
  '/api/v1/users': {
    get: operation('listUsers', {
      summary: 'The accounts in the order of their names',
      requestParams: { query: z.object(paging) },
      responses: { 200: json(accountPage, 'A page of accounts') },
    }),
    post: operation('addUser', {
      summary: 'Adds an account without a password, and makes the one-time link that sets it',
      requestBody: body(newUser),
      responses: {
        201: json(madeUser, 'The account and its link; none if a proxy names the user'),
        409: failure(
          '`name-taken`: another account has the name, compared without case. `no-admin`: the first account must be an administrator.',
        ),
        ...tooLarge,
      },
    }),
  },
  '/api/v1/users/{id}': {
    put: operation('changeUser', {
      summary:
        'Changes the role of an account, or disables or enables it; one that is disabled is signed out everywhere',
      requestParams: { path },
      requestBody: body(userChange),
      responses: {
        200: json(madeUser, 'The account as it is now'),
        409: failure('`last-admin`: nobody else could administer the server.'),
        ...unknown,
        ...tooLarge,
      },
    }),
  },
  '/api/v1/users/{id}/link': {
    post: operation('resetUser', {
      summary: 'Takes the password, second factors and sessions of an account away, and makes its one-time link',
      requestParams: { path },
      responses: { 201: json(madeUser, 'The account and its link'), ...unknown },
    }),
  },
}
