import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReadableStream } from 'node:stream/web'
import * as list from '#app/api/v1/uploads/[id]/[list]/route.ts'
import * as upload from '#app/api/v1/uploads/[id]/route.ts'
import * as uploads from '#app/api/v1/uploads/route.ts'
import * as link from '#app/api/v1/users/[id]/link/route.ts'
import * as user from '#app/api/v1/users/[id]/route.ts'
import * as users from '#app/api/v1/users/route.ts'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { openIngestThread } from '#lib/access/uploads.ts'
import { listenLocally, localSocketPath } from '#lib/http/local-socket.ts'
import { answerLogged } from '#lib/http/logged.ts'
import { discardRest } from '#lib/http/rest-of-body.ts'
import { takeLock } from '#lib/store/lock.ts'
import { getReads } from '#lib/store/open.ts'
import { dataFolder } from '#lib/store/settings.ts'

// For tests: the routes of the API for uploads and users behind the local socket, without Next and so without a build.

function userRoute(request: Request, id: string | undefined, isLink: boolean): Promise<Response> {
  if (id === undefined) return request.method === 'POST' ? users.POST(request) : users.GET(request)
  return (isLink ? link.POST : user.PUT)(request, { params: Promise.resolve({ id }) })
}

function route(request: Request): Promise<Response> {
  const ofUsers = /^\/api\/v1\/users(?:\/([^/]+))?(\/link)?$/.exec(new URL(request.url).pathname)
  if (ofUsers !== null) return userRoute(request, ofUsers[1], ofUsers[2] !== undefined)
  const [, id = '', name = ''] =
    /^\/api\/v1\/uploads(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(new URL(request.url).pathname) ?? []
  if (name !== '') return list.GET(request, { params: Promise.resolve({ id, list: name }) })
  if (id !== '') return upload.GET(request, { params: Promise.resolve({ id }) })
  return request.method === 'POST' ? uploads.POST(request) : uploads.GET(request)
}

async function answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = asked
  const body =
    method === 'POST' || method === 'PUT'
      ? { body: ReadableStream.from(asked.iterator({ destroyOnReturn: false })) as BodyInit, duplex: 'half' as const }
      : {}
  const answered = await route(
    new Request(new URL(url, 'http://localhost'), { method, headers: headers as Record<string, string>, ...body }),
  )
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  if (answered.body === null) response.end()
  else await pipeline(Readable.fromWeb(answered.body as ReadableStream), response)
}

const lock = takeLock(dataFolder(), 'server')
await getReads()
openIngestThread()
const server = createServer((request, response) => {
  discardRest(request, response)
  answerLogged(request, response, () => asRequest(theLocalActor, () => answer(request, response)))
})
await listenLocally(server, localSocketPath(dataFolder()))
lock.announce(localSocketPath(dataFolder()))
process.on('SIGTERM', () => process.exit(0))
process.stdout.write('ready\n')
