import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { isAllowed, permissionOf } from '#lib/access/permissions.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { keepProto } from '#lib/params/keep-proto.ts'
import { errorAnswer, sendAnswer } from './answer.ts'
import { connectionLimits } from './connections.ts'
import { contentSecurityPolicy, headersFor, type Refusal, refusal } from './guard.ts'
import { openResumable } from './resumable.ts'
import { openVisitors } from './visitors.ts'
import { openWallFeed } from './wall-feed.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>

const tooMany: Refusal = {
  status: 503,
  code: 'busy',
  message: `${connectionLimits.bodies} requests of this address are sending a body already. Try again when one has ended.`,
}

/** Exactly the addresses that the table of permissions has of logs in pieces. */
const isResumable = new RegExp(`^${apiPaths.resumable}(/[^/]+)?$`)

const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

/** Why the actor may not make a request; null if it may, and if no address takes it: then the answer says so. */
function forbidden({ method = 'GET', url = '' }: IncomingMessage): Refusal | null {
  const permission = permissionOf(method, pathOf(url))
  if (permission === null || isAllowed(theLocalActor, permission)) return null
  return { status: 403, code: 'not-allowed', message: `This needs the permission to ${permission}.` }
}

/** Answers the requests of the server: refuses, or calls what answers the address, `pages` being Next. */
export function openAnswers(
  pages: Handler,
  { allowedHosts, isDevelopment }: { allowedHosts: ReadonlySet<string>; isDevelopment: boolean },
) {
  const resumable = openResumable()
  const visitors = openVisitors()
  const wall = openWallFeed()

  /** What answers an address. */
  function handler(url: string): Handler {
    const path = pathOf(url)
    if (isResumable.test(path)) return (request, response) => resumable.handle(request, response)
    return path === apiPaths.wallStream ? wall.answer : pages
  }

  /** `isLocal`: it came by the local socket. `mayAnswer` is false if its address sends too many bodies at once. */
  return function answer(
    request: IncomingMessage,
    response: ServerResponse,
    isLocal: boolean,
    mayAnswer: boolean,
  ): Promise<unknown> | undefined {
    for (const [name, value] of Object.entries(headersFor(request.url))) response.setHeader(name, value)
    const client = isLocal ? 'local' : (request.socket.remoteAddress ?? '')
    const rules = { allowedHosts, isLocal, isDevelopment }
    const refused = !mayAnswer
      ? tooMany
      : (refusal(request, rules) ?? forbidden(request) ?? visitors.refusal(request, client))
    if (refused !== null) {
      const { status, code, message, allow } = refused
      response.setHeader('Connection', 'close')
      response.setHeader('Cache-Control', 'no-store')
      if (status === 503) response.setHeader('Retry-After', '5')
      if (allow !== undefined) response.setHeader('Allow', allow)
      return sendAnswer(response, errorAnswer(status, code, message))
    }
    request.url = keepProto(request.url ?? '/')
    // Next reads the nonce from the request's policy and puts it on its own scripts.
    const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), isDevelopment)
    request.headers['content-security-policy'] = policy
    response.setHeader('Content-Security-Policy', policy)
    return visitors.serve(request, response, client, () =>
      asRequest(theLocalActor, () => handler(request.url ?? '/')(request, response)),
    )
  }
}
