import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import next from 'next'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { isAllowed, permissionOf } from '#lib/access/permissions.ts'
import { closeDesk, openDeskThread } from '#lib/access/uploads.ts'
import { limitsOf } from '#lib/containers/budget.ts'
import { allowedHosts } from '#lib/http/allowed-hosts.ts'
import { errorAnswer, sendAnswer } from '#lib/http/answer.ts'
import { boundConnections, connectionLimits } from '#lib/http/connections.ts'
import { contentSecurityPolicy, headersFor, isLoopback, type Refusal, refusal } from '#lib/http/guard.ts'
import { listenLocally, localSocketPath } from '#lib/http/local-socket.ts'
import { answerLogged } from '#lib/http/logged.ts'
import { openResumable } from '#lib/http/resumable.ts'
import { uploadLimits } from '#lib/http/upload-limits.ts'
import { openVisitors } from '#lib/http/visitors.ts'
import { openWallFeed } from '#lib/http/wall-feed.ts'
import { logConsole } from '#lib/log/console.ts'
import { levelProblem, log } from '#lib/log/log.ts'
import { printableText } from '#lib/log/printable.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { keepProto } from '#lib/params/keep-proto.ts'
import { storeHealth } from '#lib/store/health.ts'
import { takeLock } from '#lib/store/lock.ts'
import { closeStore, getReads, getWrites } from '#lib/store/open.ts'
import { databaseFile, dataFolder, querySeconds } from '#lib/store/settings.ts'

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })
const host = process.env.HOST || '127.0.0.1'
const port = Number(process.env.PORT || 3000)
const isOpen = process.env.ALLOW_OPEN === '1'

function stop(message: string): never {
  process.stderr.write(`${printableText(message)}\n`)
  process.exit(1)
}

if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  stop(`PORT is ${JSON.stringify(process.env.PORT)}. Give a whole number from 0 to 65535, such as 3000.`)
}
if (!isLoopback(host) && !isOpen) {
  stop(
    `HOST is ${host}: whoever reaches this address could read and delete everything, since there is no sign-in yet.\n` +
      'Leave HOST unset to serve on 127.0.0.1 only. If the network around it is trusted, set ALLOW_OPEN=1, and in ALLOWED_HOSTS the names under which browsers reach this server.',
  )
}

/** Reads a setting, or does what needs it. What is wrong ends the program. */
function must<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    return stop((error as Error).message)
  }
}

const badLevel = levelProblem()
if (badLevel !== null) stop(badLevel)
const hosts = must(() => allowedHosts(isOpen))
// Read here, so that a wrong one is told now and not when it is needed.
for (const read of [uploadLimits, limitsOf, querySeconds]) must<unknown>(read)

// Nothing in the data folder is touched before it is reserved.
const lock = must(() => takeLock(dataFolder(), 'server'))
// In development Next's own output, with its source excerpts, is of more use.
if (!values.dev) logConsole(log)
process.stdout.write('Opening the database …\n')
// A first question: the process that answers it is then ready for the first page.
await getReads()
  .then((reads) => reads.version())
  .catch((error: Error) => stop(`The database cannot be opened: ${error.message}`))
await openDeskThread()
// The first test write: who asks for health need not wait for it.
await storeHealth(await getWrites())

const app = next({ dev: values.dev, hostname: host, port })
await app.prepare()
const handle = app.getRequestHandler()
const resumable = openResumable()
const visitors = openVisitors()
const wall = openWallFeed()

const tooMany: Refusal = {
  status: 503,
  code: 'busy',
  message: `${connectionLimits.bodies} requests of this address are sending a body already. Try again when one has ended.`,
}

/** What answers an address. */
function handler(url: string): (request: IncomingMessage, response: ServerResponse) => Promise<unknown> {
  if (url.startsWith(apiPaths.resumable)) return (request, response) => resumable.handle(request, response)
  return url.split('?', 1)[0] === apiPaths.wallStream ? wall.answer : handle
}

/** Why the actor may not make a request; null if it may, and if no address takes it: then the answer says so. */
function forbidden({ method = 'GET', url = '' }: IncomingMessage): Refusal | null {
  const permission = permissionOf(method, url.split('?', 1)[0] ?? '')
  if (permission === null || isAllowed(theLocalActor, permission)) return null
  return { status: 403, code: 'not-allowed', message: `This needs the permission to ${permission}.` }
}

function answer(request: IncomingMessage, response: ServerResponse, isLocal: boolean): Promise<unknown> | undefined {
  for (const [name, value] of Object.entries(headersFor(request.url))) response.setHeader(name, value)
  const client = isLocal ? 'local' : (request.socket.remoteAddress ?? '')
  const isTooMany = !isLocal && !mayAnswer(request, response)
  const rules = { allowedHosts: hosts, isLocal, isDevelopment: values.dev }
  const refused = isTooMany
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
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), values.dev)
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
  return visitors.serve(request, response, client, () =>
    asRequest(theLocalActor, () => handler(request.url ?? '/')(request, response)),
  )
}

// A log may take as long to arrive as its sender needs: the header of a request has a deadline, and the pauses in its body.
const timeouts = {
  requestTimeout: 0,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 65_000,
}
/** A server that knows where its requests come from because it accepted their connections. No header has a say in it. */
const openServer = (isLocal: boolean) =>
  createServer(timeouts, (request, response) =>
    answerLogged(request, response, () => answer(request, response, isLocal)),
  )
const server = openServer(false)
const localServer = openServer(true)
const mayAnswer = boundConnections(server, connectionLimits)

/** Opens the local socket and announces it. Without it, commands of the same user cannot use this server. */
async function openLocalSocket(): Promise<void> {
  const path = localSocketPath(dataFolder())
  try {
    await listenLocally(localServer, path)
    localServer.on('error', (error) => log.error('The local socket failed.', { path, error }))
    lock.announce(path)
  } catch (error) {
    log.warn('The local socket could not be opened. npm run ingest does not work while this server runs.', {
      path,
      error,
    })
  }
}

server.on('error', (error: NodeJS.ErrnoException) =>
  stop(
    error.code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken. Set PORT to another, such as ${port + 1}.`
      : error.message,
  ),
)
server.listen(port, host, async () => {
  await openLocalSocket()
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  process.stdout.write(
    `ASR Hunt is at http://${host.includes(':') ? `[${host}]` : host}:${bound}\nThe data is stored in ${databaseFile()}\n`,
  )
})

/** How long, in milliseconds, uploads may go on when the server is stopped, and how long answers may take after that. */
const finishing = { uploads: 4000, answers: 500 }

/** Ends uploads, then connections, then the store. */
async function finish(closed: Promise<unknown>[]): Promise<never> {
  await closeDesk(finishing.uploads).catch((error) => log.error('Uploads could not be ended.', { error }))
  for (const each of [server, localServer]) each.closeIdleConnections()
  await Promise.race([Promise.all(closed), wait(finishing.answers)])
  for (const each of [server, localServer]) each.closeAllConnections()
  await Promise.all(closed)
  await closeStore()
  process.exit(0)
}

// Ctrl-C in a terminal reaches this program and those that started it, which pass it on: the echo is no second wish.
const echo = 1000
let leftAt: number | null = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (leftAt !== null && Date.now() - leftAt > echo) process.exit(1)
    if (leftAt !== null) return
    leftAt = Date.now()
    const closed = [server, localServer].map((each) => new Promise((resolve) => each.close(resolve)))
    void finish(closed)
  })
}
