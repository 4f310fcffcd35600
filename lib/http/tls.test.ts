import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo, connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { connect } from 'node:tls'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { log } from '#lib/log/log.ts'
import { boundConnections, connectionLimits } from './connections.ts'
import { originOf } from './proxies.ts'
import { testingCertificate } from './testing-certificate.ts'
import { readTls, watchTls } from './tls.ts'
import { wayIn } from './way-in.ts'

/** A pair of files, and what replaces them. */
function filesIn(t: TestContext) {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const write = (pair: { cert?: string; key?: string }) => {
    if (pair.cert !== undefined) writeFileSync(files.cert, pair.cert)
    if (pair.key !== undefined) writeFileSync(files.key, pair.key)
  }
  return { files, write }
}

/** The name in the certificate that a server shows. */
async function nameShown(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return String(subject.CN)
}

/** Waits until the server shows a certificate of this name. @throws after a minute */
async function untilShown(port: number, name: string): Promise<void> {
  for (const end = Date.now() + 60_000; (await nameShown(port)) !== name; await wait(10))
    if (Date.now() > end) throw new Error(`The server does not show ${name}.`)
}

async function serve(t: TestContext, pair: { cert: Buffer | string; key: Buffer | string }) {
  const server = createServer(pair, (request, response) => {
    response.end(`${originOf(request, false, { trusted: null, userHeader: null, isRequired: false }).isSecure}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => void server.close().closeAllConnections())
  return { server, port: (server.address() as AddressInfo).port }
}

test('a certificate that is replaced is used for new connections; open ones stay; one that does not fit changes nothing', async (t) => {
  const { files, write } = filesIn(t)
  const [first, second, third] = ['first', 'second', 'third'].map((name) => testingCertificate(`${name}.example`))
  write(first ?? {})
  const { server, port } = await serve(t, readTls(files))
  t.after(watchTls(server, files, 10))
  const problems = t.mock.method(log, 'error', () => {})
  await untilShown(port, 'first.example')
  const open = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(open, 'secureConnect')
  // As when a renewal has written one file and not the other yet.
  write({ cert: second?.cert ?? '' })
  while (problems.mock.callCount() === 0) await wait(5)
  assert.equal(await nameShown(port), 'first.example')
  write({ key: second?.key ?? '' })
  await untilShown(port, 'second.example')
  write({ cert: 'not a certificate' })
  while (problems.mock.callCount() === 1) await wait(5)
  assert.equal(await nameShown(port), 'second.example')
  write(third ?? {})
  await untilShown(port, 'third.example')
  assert.equal(problems.mock.callCount(), 2, 'each problem is logged once, however often it is looked')
  open.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  assert.match((await open.toArray()).join(''), /true$/)
})

test('a key of another certificate, a missing file, and half a pair are errors that say what is wrong', (t) => {
  const { files, write } = filesIn(t)
  assert.throws(() => readTls(files), /ENOENT.*cert\.pem/)
  write({ cert: testingCertificate('a.example').cert, key: testingCertificate('b.example').key })
  assert.throws(
    () => readTls(files),
    /TLS_CERT \(.*cert\.pem\) and TLS_KEY \(.*key\.pem\) are not a certificate and its key/,
  )
  assert.throws(() => wayIn({ TLS_CERT: 'a' } as never), /TLS_CERT is set, but TLS_KEY is not/)
  assert.throws(() => wayIn({ TLS_KEY: 'a' } as never), /TLS_KEY is set, but TLS_CERT is not/)
})

test('encrypted connections count among those that wait for a request like others, and are given up like them', async (t) => {
  const pair = testingCertificate('a.example')
  const server = createServer(pair, (request, response) => {
    mayAnswer(request, response, 'client')
    response.end('answered')
  })
  const mayAnswer = boundConnections(server, { ...connectionLimits, waiting: 2, moment: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const open = async () => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }).on('error', () => {})
    t.after(() => void socket.destroy())
    await once(socket, 'secureConnect')
    return socket
  }
  const first = await open()
  // Its handshake never ends: it waits too.
  const silent = connectPlain(port, '127.0.0.1')
  t.after(() => void silent.destroy())
  await once(server, 'connection')
  const asks = async (socket: typeof first) => {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    return String((await once(socket, 'data'))[0])
  }
  assert.match(await asks(first), /answered/)
  const closed = once(silent, 'close')
  const second = await open()
  await closed
  assert.match(await asks(first), /answered/)
  const gone = once(second, 'close')
  await open()
  await gone
  assert.match(await asks(first), /answered/)
})

test('a HOST beyond loopback needs encryption, a proxy that has it, or to be plain on purpose', () => {
  const way = (env: Record<string, string>) => wayIn(env as never)
  assert.equal(way({}), 'loopback')
  assert.equal(way({ HOST: '::1', TRUSTED_PROXIES: '127.0.0.1' }), 'loopback')
  assert.equal(way({ HOST: '0.0.0.0', TLS_CERT: 'a', TLS_KEY: 'b' }), 'tls')
  assert.equal(way({ HOST: '0.0.0.0', TLS_CERT: 'a', TLS_KEY: 'b', TRUSTED_PROXIES: '10.0.0.1' }), 'tls')
  assert.equal(way({ HOST: '::', TRUSTED_PROXIES: '10.0.0.1' }), 'proxies')
  assert.equal(way({ HOST: '10.0.0.5', PLAIN_HTTP: '1' }), 'plain')
  for (const env of [{}, { ALLOW_OPEN: '1' }, { PLAIN_HTTP: 'yes' }, { TRUSTED_PROXIES: ' , ' }] as Record<
    string,
    string
  >[])
    assert.throws(() => way({ HOST: '0.0.0.0', ...env }), /HOST is 0\.0\.0\.0: .*Set one of\n {2}TLS_CERT and TLS_KEY/s)
  assert.throws(() => way({ PLAIN_HTTP: '1', TLS_CERT: 'a', TLS_KEY: 'b' }), /PLAIN_HTTP is 1, but TLS_CERT is set/)
})
