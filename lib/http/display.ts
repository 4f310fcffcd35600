import type { Actor } from '#lib/access/actor.ts'
import { tokenBy } from '#lib/access/identities.ts'
import { hashOf } from '#lib/access/random.ts'
import { errorAnswer } from './answer.ts'
import { setCookie } from './cookies.ts'
import { isSecureRequest } from './sign-in.ts'

/** Bytes of a body with a token. */
export const displayBytes = 4096

/** Seconds for which a browser keeps the cookie of a display. The token may end before. */
const cookieSeconds = 365 * 24 * 3600

/** The secret of an `Authorization` header; null if there is none. */
export const bearerIn = (headers: Headers): string | null =>
  /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null

/** The display token of a secret, as an actor; else why it opens nothing. */
export function displayActor(secret: string, now: number): Extract<Actor, { kind: 'token' }> | Response {
  const token = tokenBy(hashOf(secret), now)
  if (token === null)
    return errorAnswer(
      401,
      'sign-in-failed',
      'There is no such token. It was revoked, has expired, or is not complete.',
    )
  const { id, name, scope } = token
  if (scope === 'display') return { kind: 'token', id, name, scope }
  return errorAnswer(
    401,
    'sign-in-failed',
    `This is a token with the scope ${scope}. A screen needs one with the scope display.`,
  )
}

/** The answer that gives a screen its cookie, which only requests of this site carry. */
export const displayAnswer = (request: Request, secret: string): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'Set-Cookie': setCookie('display', secret, {
        isSecure: isSecureRequest(request),
        seconds: cookieSeconds,
        sameSite: 'Strict',
      }),
    },
  })
