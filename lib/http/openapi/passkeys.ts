import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { ownPasskeys, passkeyAnswer, passkeyChallenge, passkeyMade, passkeyOffer } from '#lib/model/passkeys.ts'
import { passwordAgain, signedIn } from '#lib/model/sign-in.ts'
import { body, failure, json, operation, text, unknown } from './parts.ts'
import { again, attempt, done } from './sign-in.ts'

const path = z.object({ id: text.describe('Id of a passkey.') })
const wrongHost = {
  421: failure(
    '`wrong-host`: `Host` is not this server, or passkeys do not work there: it is an IP address, or was reached over http.',
  ),
}

/** Signing in with passkeys, and those of the own account. The ceremony is that of WebAuthn, which a browser does. */
export const passkeyPaths: ZodOpenApiPathsObject = {
  '/api/v1/sign-in/passkey': {
    post: operation('challengePasskey', {
      summary: 'Makes a challenge for a passkey, with a cookie of 5 minutes; no user is named',
      responses: { 200: json(passkeyChallenge, 'What the browser is asked'), ...wrongHost },
    }),
    put: operation('signInByPasskey', {
      summary: 'Signs in by the answer of a passkey to the challenge, once; no code is asked for',
      requestBody: body(passkeyAnswer),
      responses: { 200: json(signedIn, 'The session has begun, with a cookie'), ...attempt, ...wrongHost },
    }),
  },
  '/api/v1/account/passkeys': {
    get: operation('listOwnPasskeys', {
      summary: 'The passkeys of the account, in the order in which they were added',
      responses: { 200: json(ownPasskeys, 'All of them: 20 at most'), ...unknown },
    }),
    post: operation('offerPasskey', {
      summary: 'Says, after the password, how a browser is to make a passkey; nothing is stored',
      requestBody: body(passwordAgain),
      responses: { 200: json(passkeyOffer, 'What the browser is asked'), ...unknown, ...again, ...wrongHost },
    }),
    put: operation('addPasskey', {
      summary: 'Stores the passkey that the browser has made',
      requestBody: body(passkeyMade),
      responses: { ...done, ...unknown, ...again, ...wrongHost },
    }),
  },
  '/api/v1/account/passkeys/{id}': {
    delete: operation('removePasskey', {
      summary: 'Removes a passkey of the account, after the password',
      requestParams: { path },
      requestBody: body(passwordAgain),
      responses: { ...done, ...unknown, ...again },
    }),
  },
}
