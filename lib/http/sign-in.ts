import type { Context } from '#lib/access/context.ts'
import type { OwnAccount, Refused } from '#lib/access/own-account.ts'
import type { Attempt, Begun } from '#lib/access/sign-in.ts'
import { codePatience } from '#lib/access/sign-in.ts'
import { errorAnswer, problemsAnswer } from './answer.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'

/** Bytes of a body of sign-in. */
export const signInBytes = 16_384

/** Whether the browser came by https: the server has set the header to what the connection says. */
export const isSecureRequest = ({ headers }: Request): boolean => headers.get('x-forwarded-proto') === 'https'

export const agentOf = ({ headers }: Request): string => headers.get('user-agent') ?? ''

/** What is between the right password and its code, of the browser that asks; empty if there is nothing. */
export const sealedOf = (request: Request): string =>
  cookieOf({ cookie: request.headers.get('cookie') ?? '' }, 'code', isSecureRequest(request)) ?? ''

/** An answer with cookies. */
function withCookies(answer: Response, cookies: string[]): Response {
  for (const cookie of cookies) answer.headers.append('Set-Cookie', cookie)
  return answer
}

/** 429 with the time to wait, which is all that is said. */
export function limitedAnswer(wait: number): Response {
  const seconds = Math.ceil(wait / 1000)
  const minutes = Math.ceil(seconds / 60)
  const message = `Too many attempts to sign in. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
  const answer = errorAnswer(429, 'too-many-attempts', message)
  answer.headers.set('Retry-After', String(seconds))
  return answer
}

/** The answer to a session that has begun, with its cookie. */
export const begunAnswer = (request: Request, { secret, expiresAt }: Begun, now: number): Response => {
  const isSecure = isSecureRequest(request)
  return withCookies(Response.json({ next: 'done' }), [
    setCookie('session', secret, { isSecure, seconds: (expiresAt - now) / 1000 }),
    clearCookie('code', isSecure),
  ])
}

/** The answer to an attempt to sign in. `failed`: what is said of one that was wrong, whatever was wrong with it. */
export function attemptAnswer(request: Request, attempt: Attempt, now: number, failed: string): Response {
  if (attempt.kind === 'limited') return limitedAnswer(attempt.wait)
  if (attempt.kind === 'failed') return errorAnswer(401, 'sign-in-failed', failed)
  if (attempt.kind === 'done') return begunAnswer(request, attempt, now)
  const isSecure = isSecureRequest(request)
  const between = setCookie('code', attempt.sealed, { isSecure, seconds: codePatience / 1000 })
  return withCookies(Response.json({ next: 'code' }), [between])
}

/** The answer after signing out: the browser keeps no cookie of this server. */
export function signedOutAnswer(request: Request): Response {
  const isSecure = isSecureRequest(request)
  return withCookies(new Response(null, { status: 204 }), [
    clearCookie('session', isSecure),
    clearCookie('code', isSecure),
  ])
}

/** The account of a request; else the answer that there is none. */
export const ownAccountOf = ({ actor }: Pick<Context, 'actor'>): OwnAccount | Response =>
  actor.kind === 'account' ? actor : errorAnswer(404, 'not-found', 'This request is not of an account.')

/** The answer to a change of the own account: 204, or why it was not made. */
export function changeAnswer(refused: Refused | null): Response {
  if (refused === null) return new Response(null, { status: 204 })
  if (refused.kind === 'limited') return limitedAnswer(refused.wait)
  if (refused.kind === 'failed') return problemsAnswer([{ param: refused.param, value: '…', message: refused.message }])
  return errorAnswer(403, 'not-allowed', 'This account has no password here. Change it where you sign in.')
}
