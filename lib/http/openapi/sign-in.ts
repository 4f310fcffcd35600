import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import {
  codeSent,
  linkMeaning,
  linkSent,
  ownAccount,
  ownSessions,
  passwordAgain,
  passwordChange,
  passwordSent,
  sessionsEnded,
  signedIn,
  totpConfirmed,
  totpOffer,
} from '#lib/model/sign-in.ts'
import { body, failure, json, operation, optional, text, unknown } from './parts.ts'

const path = z.object({ id: text.describe('Id of a session.') })
const begun = json(
  signedIn,
  'The session has begun, with a cookie; or a code is needed next, which a cookie of 5 minutes allows',
)
export const attempt = {
  401: failure(
    '`sign-in-failed`: the name, the password, the code or the passkey is wrong; which, and why, is not said.',
  ),
  413: failure('`too-large`: the body is too large.'),
  429: failure('`too-many-attempts`: it was not checked; `Retry-After` says when to try again.'),
}
export const done = { 204: { description: 'Done; all other sessions of the account have ended' } }
const led = { description: 'Where the browser is led to' }
export const again = { 413: attempt[413], 429: attempt[429] }

/** Signing in and out, and the own account. What needs a session takes no token. */
export const signInPaths: ZodOpenApiPathsObject = {
  '/api/v1/sign-in': {
    post: operation('signIn', {
      summary: 'Signs in by name and password',
      requestBody: body(passwordSent),
      responses: { 200: begun, ...attempt },
    }),
  },
  '/api/v1/sign-in/code': {
    post: operation('signInByCode', {
      summary: 'Signs in by the code of an authenticator app, after the password; each code is accepted once',
      requestBody: body(codeSent),
      responses: { 200: begun, ...attempt },
    }),
  },
  '/api/v1/sign-in/link': {
    post: operation('signInByLink', {
      summary: 'Sets the password of a one-time link and signs in; without a password, says what the link is for',
      requestBody: body(linkSent),
      responses: {
        200: json(z.union([signedIn, linkMeaning]), 'The session has begun, with a cookie; or what the link is for'),
        410: failure('`link-gone`: the link was used, replaced, or has expired.'),
        ...{ 413: attempt[413], 429: attempt[429] },
      },
    }),
  },
  '/api/v1/sign-in/oidc': {
    get: operation('signInByProvider', {
      summary: 'Leads a browser to the OpenID Connect provider, and then to a page',
      requestParams: {
        query: z.object({ to: optional(text.describe('The page to show then, with its parameters.')) }),
      },
      responses: { 303: led, 404: failure('`not-found`: no provider is set.') },
    }),
  },
  '/api/v1/sign-in/oidc/callback': {
    get: operation('endSignInByProvider', {
      summary:
        'Where the provider leads the browser back to: begins the session, or leads to sign-in, which says why not',
      responses: { 303: led },
    }),
  },
  '/api/v1/sign-out': {
    post: operation('signOut', {
      summary: 'Ends the session of the request',
      responses: { 204: { description: 'It has ended, and its cookie is removed' } },
    }),
  },
  '/api/v1/account': {
    get: operation('getAccount', {
      summary: 'The account of the request',
      responses: { 200: json(ownAccount, 'The account'), ...unknown },
    }),
  },
  '/api/v1/account/password': {
    put: operation('changePassword', {
      summary: 'Sets another password: `next` in the place of `password`',
      requestBody: body(passwordChange),
      responses: { ...done, ...unknown, ...again },
    }),
  },
  '/api/v1/account/totp': {
    post: operation('offerTotp', {
      summary: 'Makes a key for an authenticator app, which is not stored',
      responses: { 200: json(totpOffer, 'The key, as text and as a picture'), ...unknown },
    }),
    put: operation('setTotp', {
      summary: 'Makes codes of the app necessary to sign in',
      requestBody: body(totpConfirmed),
      responses: { ...done, ...unknown, ...again },
    }),
    delete: operation('removeTotp', {
      summary: 'Makes codes unnecessary again',
      requestBody: body(passwordAgain),
      responses: { ...done, ...unknown, ...again },
    }),
  },
  '/api/v1/account/sessions': {
    get: operation('listOwnSessions', {
      summary: 'The sessions of the account, the one used last first',
      responses: { 200: json(ownSessions, 'All of them: 50 at most'), ...unknown },
    }),
    delete: operation('endOtherSessions', {
      summary: 'Ends all sessions of the account but that of the request',
      responses: { 200: json(sessionsEnded, 'How many have ended'), ...unknown },
    }),
  },
  '/api/v1/account/sessions/{id}': {
    delete: operation('endOwnSession', {
      summary: 'Ends a session of the account',
      requestParams: { path },
      responses: { 204: { description: 'It has ended' }, ...unknown },
    }),
  },
}
