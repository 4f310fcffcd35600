import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import { type Context, context } from '#lib/access/context.ts'
import { log } from '#lib/log/log.ts'
import { printable } from '#lib/log/printable.ts'
import type { apiError, ErrorCode } from '#lib/model/api-error.ts'
import type { Problem } from '#lib/params/params.ts'
import { isFileGone, isNoSpace, noSpaceMessage } from '#lib/store/errors.ts'
import { hasCode } from '#lib/thread/error.ts'
import { isTooManyExports } from './export-limit.ts'

/** The error envelope of the API: `{ error: { code, message, detail } }`. */
export function errorAnswer(status: number, code: ErrorCode, message: string, detail: unknown = null): Response {
  const answer: z.infer<typeof apiError> = { error: { code, message, detail } }
  return Response.json(answer, { status })
}

/** 400 with every parameter that makes no sense, its value, and what would be right; 410 if one is an old link's. */
export function problemsAnswer(problems: Problem[]): Response {
  const old = problems.find(({ isOldLink }) => isOldLink)
  if (old !== undefined) return errorAnswer(410, 'old-link', old.message, problems)
  const message = problems.map(({ param, value, message }) => `${param}=${value}: ${message}`).join(' ')
  return errorAnswer(400, 'bad-parameter', message, problems)
}

export const notFoundAnswer = (what: string): Response => errorAnswer(404, 'not-found', `There is no ${what}.`)

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof methods)[number]

/** Handlers for the methods that a route does not have: 405, and which there are. */
export function notAllowed(...allowed: Method[]): Record<Method, () => Response> {
  const names = allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : allowed
  const answer = (): Response => {
    const refused = errorAnswer(405, 'method', `This address takes ${names.join(', ')}.`)
    refused.headers.set('Allow', names.join(', '))
    return refused
  }
  return Object.fromEntries(methods.map((method) => [method, answer])) as Record<Method, () => Response>
}

/** Errors of the store that are temporary. The sender gets their message. */
const passing: Record<string, ErrorCode> = { BUSY: 'busy', TOO_SLOW: 'too-slow', STOPPING: 'stopping' }

/** Returns the answer to what failed for a reason the sender can know; null for any other error. */
function knownFailure(error: unknown): Response | null {
  if (isNoSpace(error)) return errorAnswer(507, 'no-space', noSpaceMessage)
  if (isFileGone(error)) return errorAnswer(503, 'store-gone', error.message)
  if (isTooManyExports(error)) {
    const answer = errorAnswer(429, 'too-many-exports', error.message)
    answer.headers.set('Retry-After', String(error.seconds))
    return answer
  }
  const code = Object.keys(passing).find((each) => hasCode(error, each))
  if (code === undefined) return null
  const answer = errorAnswer(503, passing[code] as ErrorCode, (error as Error).message)
  if (code === 'BUSY') answer.headers.set('Retry-After', '5')
  return answer
}

/**
 * The answer with the control and direction characters of its JSON escaped, which JSON reads as the same text: a program
 * such as curl writes it to a terminal, and logged text must not steer that.
 */
async function escaped(answer: Response): Promise<Response> {
  if (answer.headers.get('content-type') !== 'application/json') return answer
  return new Response(printable(await answer.text()), answer)
}

/** Runs a route; what it throws is logged here and answered with 500, unless the sender can know the reason. */
export function route<Args extends unknown[]>(handle: (context: Context, ...args: Args) => Promise<Response>) {
  return async (...args: Args): Promise<Response> => {
    try {
      return await escaped(await handle(await context(), ...args))
    } catch (error) {
      const answer = knownFailure(error)
      // Nobody hears the answer.
      if (hasCode(error, 'CLIENT_LEFT')) log.debug('A client left while a route asked the store.')
      else if (![429, 503].includes(answer?.status ?? 500) || isFileGone(error)) log.error('A route failed.', { error })
      return answer ?? errorAnswer(500, 'internal', 'The server failed to answer. Its log says why.')
    }
  }
}

/** Sends an answer over a connection that Next does not handle. */
export async function sendAnswer(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(await answer.text())
}
