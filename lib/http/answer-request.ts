import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Actor, theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { keepProto } from '#lib/params/keep-proto.ts'
import { accessRefusal } from './access-refusal.ts'
import { errorAnswer, sendAnswer } from './answer.ts'
import { connectionLimits } from './connections.ts'
import { contentSecurityPolicy, headersFor, isPageAddress, type Refusal, refusal } from './guard.ts'
import { originOf } from './proxies.ts'
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

/** The page of Next that says that there is nothing. It belongs to no other address and asks the store nothing. */
const notFoundPage = '/_not-found'

/** What Next's development server uses besides pages: it takes other methods there. */
const ofDevelopment = /^\/(_next|__nextjs)/

/** Who makes a request. Until there is sign-in, whoever reaches the server is the local actor. */
const actorOf = (_request: IncomingMessage): Actor => theLocalActor

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

function refuse(response: ServerResponse, { status, code, message, allow }: Refusal): Promise<void> {
  response.setHeader('Connection', 'close')
  response.setHeader('Cache-Control', 'no-store')
  if (status === 503) response.setHeader('Retry-After', '5')
  if (allow !== undefined) response.setHeader('Allow', allow)
  return sendAnswer(response, errorAnswer(status, code, message))
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
    // Next reads the nonce from the request's policy and puts it on its own scripts.
    const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), isDevelopment)
    request.headers['content-security-policy'] = policy
    response.setHeader('Content-Security-Policy', policy)
    const origin = originOf(request, isLocal)
    const { client } = origin
    const actor = actorOf(request)
    const refused =
      origin.refused ??
      (mayAnswer ? refusal(request, { allowedHosts, isLocal }) : tooMany) ??
      visitors.refusal(request, client)
    if (refused !== null) return refuse(response, refused)
    // Without a context: what is not an address of ours cannot ask the store.
    if (isDevelopment && ofDevelopment.test(request.url ?? '')) return pages(request, response)
    const denied = accessRefusal(actor, request)
    if (denied?.status === 404 && isRead(request) && isPageAddress(request.url)) {
      request.url = notFoundPage
      return visitors.serve(request, response, client, () => pages(request, response))
    }
    if (denied !== null) return refuse(response, denied)
    request.url = keepProto(request.url ?? '/')
    return visitors.serve(request, response, client, () =>
      asRequest(actor, () => handler(request.url ?? '/')(request, response), { address: isLocal ? null : client }),
    )
  }
}
