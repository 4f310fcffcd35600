import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { asRequest } from '#lib/access/context.ts'
import { isAllowed, permissionOf } from '#lib/access/permissions.ts'
import { noteProxyUser } from '#lib/access/proxy-users.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { notAllowedPath } from '#lib/params/hrefs.ts'
import { keepProto } from '#lib/params/keep-proto.ts'
import { accessRefusal } from './access-refusal.ts'
import { errorAnswer, sendAnswer } from './answer.ts'
import { connectionLimits } from './connections.ts'
import { isProvenOwn } from './cross-site.ts'
import { openEnded } from './ended.ts'
import { contentSecurityPolicy, headersFor, isPageAddress, type Refusal, refusal } from './guard.ts'
import { type Identified, identify } from './identify.ts'
import { isLedToSignIn, isRead, leadToSignIn, wantsPage } from './led-to-sign-in.ts'
import { isOpen, openProxyRefusal } from './open-server.ts'
import { originOf } from './proxies.ts'
import { openResumable } from './resumable.ts'
import { sitePort } from './site-port.ts'
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

/** Milliseconds that the stream of the wall has, after its actor may not have it any more, to say so on the screen. */
const lastWords = 6000

const unproven: Refusal = {
  status: 403,
  code: 'cross-site',
  message:
    'A change with a session must come from a page of this server, and this request does not prove that. A program sends a token: Authorization: Bearer.',
}

/** Returns why a write is refused that the browser may have been led to; null if it may be answered. */
function unprovenRefusal({ isAmbient }: Identified, request: IncomingMessage, isSecure: boolean): Refusal | null {
  const { headers } = request
  const isProven = isProvenOwn({ host: headers.host ?? '', isSecure, headers })
  return isAmbient && !isRead(request) && !isProven ? unproven : null
}

function refuse(response: ServerResponse, { status, code, message, allow }: Refusal): Promise<void> {
  response.setHeader('Connection', 'close')
  response.setHeader('Cache-Control', 'no-store')
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
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
  const ended = openEnded()

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
    const { client, isSecure, ownPort, proxyUser, viaUnknown, refused: passedBy } = originOf(request, isLocal)
    // From here on it is what the connection says, whatever the sender said.
    request.headers['x-forwarded-proto'] = isSecure ? 'https' : 'http'
    request.headers['x-forwarded-port'] = String(sitePort(request.headers.host ?? '', isSecure, ownPort))
    const byOthers = passedBy ?? (mayAnswer ? refusal(request, { allowedHosts, isLocal, isSecure }) : tooMany)
    const unsafe = byOthers ?? openProxyRefusal(viaUnknown)
    if (unsafe !== null) return refuse(response, unsafe)
    const identified = identify(request, { isLocal, isSecure, proxyUser }, Date.now())
    const { actor } = identified
    if (identified.refused === null) noteProxyUser(actor, client, Date.now())
    const serve = (answer: () => Promise<unknown>) => {
      const isStream = pathOf(request.url ?? '') === apiPaths.wallStream
      if (!isLocal) ended.add(response, actor, isStream ? lastWords : 0)
      return visitors.serve(request, response, client, answer)
    }
    const asActor = (answer: Handler) =>
      serve(() => asRequest(actor, () => answer(request, response), { address: isLocal ? null : client }))
    const showNotAllowed = (why: string) => {
      request.url = `${notAllowedPath}${why}`
      response.statusCode = 403
      return asActor(pages)
    }

    const refused =
      identified.refused ?? unprovenRefusal(identified, request, isSecure) ?? visitors.refusal(request, client)
    if (refused !== null) {
      const isOfProxy = refused === identified.refused && refused.status === 403
      return isOfProxy && wantsPage(request) ? showNotAllowed('?why=proxy') : refuse(response, refused)
    }
    // Without a context: what is not an address of ours cannot ask the store.
    if (isDevelopment && ofDevelopment.test(request.url ?? '') && isAllowed(actor, 'read'))
      return pages(request, response)
    const denied = accessRefusal(actor, request)
    if (denied?.status === 401 && isLedToSignIn(request)) return void leadToSignIn(request, response)
    if (denied?.status === 403 && wantsPage(request)) return showNotAllowed('')
    if (denied?.status === 404 && isRead(request) && isPageAddress(request.url) && isAllowed(actor, 'read')) {
      request.url = notFoundPage
      return serve(() => pages(request, response))
    }
    if (denied !== null) return refuse(response, denied)
    // What is for some only is kept by no browser, so that nobody sees it after signing out.
    const isForAll = isOpen() || permissionOf(request.method ?? 'GET', pathOf(request.url ?? '')) === 'none'
    if (!isForAll) response.setHeader('Cache-Control', 'no-store')
    request.url = keepProto(request.url ?? '/')
    return asActor(handler(request.url))
  }
}
