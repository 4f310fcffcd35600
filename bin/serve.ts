import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { parseArgs } from 'node:util'
import next from 'next'
import { serverContext } from '#lib/access/context.ts'
import { loadIdentities } from '#lib/access/identities.ts'
import { makeSecret } from '#lib/access/secret.ts'
import { openIngestThread } from '#lib/access/uploads.ts'
import { openAnswers } from '#lib/http/answer-request.ts'
import { boundConnections, connectionLimits } from '#lib/http/connections.ts'
import { listenLocally, localSocketPath } from '#lib/http/local-socket.ts'
import { answerLogged } from '#lib/http/logged.ts'
import { originOf } from '#lib/http/proxies.ts'
import { discardRest } from '#lib/http/rest-of-body.ts'
import { noteSettings } from '#lib/http/settings-seen.ts'
import { watchTls } from '#lib/http/tls.ts'
import { mayUpgrade } from '#lib/http/upgrade.ts'
import { logConsole } from '#lib/log/console.ts'
import { log } from '#lib/log/log.ts'
import { storeHealth } from '#lib/store/health.ts'
import { takeLock } from '#lib/store/lock.ts'
import { getReads, getWrites } from '#lib/store/open.ts'
import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import { finishOnSignal } from './finish.ts'
import { checkOpenness, firstAdminText } from './first-admin.ts'
import { must, serverSettings, stop } from './serve-settings.ts'

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })
const { host, port, hosts, tls } = serverSettings()

// Nothing in the data folder is touched before it is reserved.
const lock = must(() => takeLock(dataFolder(), 'server'))
must(makeSecret)
// In development Next's own output, with its source excerpts, is of more use.
if (!values.dev) logConsole(log)
process.stdout.write('Opening the database …\n')
// A first question: the process that answers it is then ready for the first page.
await getReads()
  .then((reads) => reads.version())
  .catch((error: Error) => stop(`The database cannot be opened: ${error.message}`))
// Nothing is answered before it is known who may ask.
await loadIdentities().catch((error: Error) => stop(`The accounts cannot be read: ${error.message}`))
checkOpenness()
// Nobody waits for it: a full disk does not stop the server.
serverContext()
  .then(noteSettings)
  .catch((error) => log.warn('The settings could not be compared with those of the last start.', { error }))
await openIngestThread()
// The first test write: who asks for health need not wait for it.
await storeHealth(await getWrites())

const app = next({ dev: values.dev, hostname: host, port })
await app.prepare()
const answer = openAnswers(app.getRequestHandler(), { allowedHosts: hosts, isDevelopment: values.dev })

// A log may take as long to arrive as its sender needs: the header of a request has a deadline, and the pauses in its body.
const timeouts = {
  handshakeTimeout: 15_000,
  requestTimeout: 0,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 65_000,
}
// Next would take over a connection that is to be upgraded, past all checks. Only its development server uses one.
const upgrades = { shouldUpgradeCallback: (request: IncomingMessage) => values.dev && mayUpgrade(request, hosts) }
/** A year. It is for this host alone: what other hosts of the domain do is not for this server to say. */
const strictTransport = 'max-age=31536000'
/** Answers the requests of a server, which knows where they come from because it accepted their connections. */
const listener = (isLocal: boolean) => (request: IncomingMessage, response: ServerResponse) => {
  discardRest(request, response)
  answerLogged(request, response, () => {
    if (tls !== null && !isLocal) response.setHeader('Strict-Transport-Security', strictTransport)
    const { client } = originOf(request, isLocal)
    return answer(request, response, isLocal, isLocal || mayAnswer(request, response, client))
  })
}
const server =
  tls === null
    ? createServer({ ...timeouts, ...upgrades }, listener(false))
    : createTlsServer({ ...timeouts, ...upgrades, ...tls.pair }, listener(false))
if (tls !== null && 'setSecureContext' in server) watchTls(server, tls.files)
const localServer = createServer({ ...timeouts, ...upgrades }, listener(true))
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
  const url = `${tls === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${bound}`
  process.stdout.write(`ASR Hunt is at ${url}\nThe data is stored in ${databaseFile()}\n`)
  // Not logged: who has the link becomes the administrator.
  process.stdout.write((await firstAdminText(bound)) ?? '')
})

finishOnSignal([server, localServer])
