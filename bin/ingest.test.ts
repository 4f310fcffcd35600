import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { zipOf } from '#lib/containers/testing.ts'
import { listenLocally, localSocketPath } from '#lib/http/local-socket.ts'
import { openFixture } from '#lib/ingest/testing.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import { takeLock } from '#lib/store/lock.ts'
import { assertTotalsHold, contentDump } from '#lib/store/testing.ts'
import { simulateLog } from '#tools/simulate/log.ts'

const program = join(import.meta.dirname, 'ingest.ts')

/** A database, and the program that reads logs into it. */
function openFolder(t: TestContext, uid?: number) {
  const fixture = openFixture()
  const user = uid !== undefined && process.getuid?.() === 0 ? { uid, gid: uid } : {}
  t.after(() => fixture.close())
  const env = { ...process.env, DATA_DIR: fixture.folder, INIT_CWD: fixture.folder, DATABASE_URL: '' }
  const write = async (name: string, options: Parameters<typeof simulateLog>[0]) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of simulateLog(options)) chunks.push(chunk)
    writeFileSync(join(fixture.folder, name), Buffer.concat(chunks))
  }
  return {
    ...fixture,
    write,
    ingest: (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args], { env, ...user }),
    start: (...args: string[]): ChildProcess => spawn(process.execPath, [program, ...args], { env, stdio: 'ignore' }),
  }
}

/** A user who owns no files. Root may write to everything. */
const nobody = 65_534
/** Whether the programs of this checkout can be run as another user; as a user other than root, they are run as oneself. */
const canRunAs = (uid: number): boolean =>
  process.getuid?.() !== 0 || spawnSync(process.execPath, [program, '--help'], { uid, gid: uid }).status === 0

type Run = { code: number; stdout: string; stderr: string }
/** What the program printed, and its exit code, whether it failed or not. */
const outcome = (run: Promise<{ stdout: string; stderr: string }>): Promise<Run> =>
  run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )

/** Starts a process with the upload routes of the server behind the local socket of the folder. */
async function startServer(t: TestContext, folder: string): Promise<ChildProcess> {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '' }
  const server = spawn(process.execPath, [join(import.meta.dirname, 'testing-server.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill()
    await once(server, 'exit')
  })
  await once(server.stdout, 'data')
  return server
}

/** A server in this process that answers uploads as the test wants. */
async function fakeServer(t: TestContext, folder: string, answer: RequestListener) {
  const lock = takeLock(folder, 'server')
  const server = createServer(answer)
  await listenLocally(server, localSocketPath(folder))
  t.after(() => {
    server.close()
    server.closeAllConnections()
    lock.release()
  })
  return lock
}

const fleet = { dests: 20, days: 5, others: 0.2, format: 'xml' } as const

test('npm run ingest reads files relative to the folder of the user and prints receipts that add up', async (t) => {
  const { ingest, write, reads } = openFolder(t)
  await write('a.xml', { ...fleet, events: 400 })
  await write('b.log', { ...fleet, events: 400, format: 'multiline', tz: 'Europe/Berlin' })
  const { stdout } = await ingest('a.xml', 'b.log', '--tz', 'Europe/Berlin')
  assert.equal(
    stdout,
    'a.xml: xml, 500 records = 400 stored + 0 duplicates + 100 other + 0 rejects\n' +
      '  20 hosts, 3 silences of more than 24 h, 1 cleared log\n' +
      'b.log: multiline, 500 records = 0 stored + 400 duplicates + 100 other + 0 rejects\n' +
      '  20 hosts, 3 silences of more than 24 h, 1 cleared log\n',
  )
  const { rows } = await selectUploads(reads)
  assert.deepEqual(
    rows.map(({ name, tz, state }) => [name, tz, state]),
    [
      ['b.log', 'Europe/Berlin', 'done'],
      ['a.xml', 'Europe/Berlin', 'done'],
    ],
  )
})

test('npm run ingest says what is wrong with its arguments and which file it could not read', async (t) => {
  const { ingest, folder } = openFolder(t)
  writeFileSync(join(folder, 'x.pdf'), '%PDF-1.7\n'.repeat(1000))
  const failing = async (...args: string[]): Promise<[code: number, said: string]> => {
    const { code, stderr } = await ingest(...args).then(
      () => assert.fail('it should have failed'),
      (error) => error,
    )
    return [code, stderr]
  }
  const [missing, ofMissing] = await failing('nowhere.xml')
  assert.equal(missing, 1)
  assert.match(ofMissing, /nowhere\.xml: there is no such file/)
  const [status, message] = await failing('x.pdf')
  assert.equal(status, 1)
  assert.match(message, /x\.pdf: .*can be read/)
  const [wrong, ofWrong] = await failing('x.pdf', '--tz', 'Mars/Olympus')
  assert.equal(wrong, 2)
  assert.match(ofWrong, /--tz Mars\/Olympus is not an IANA time zone/)
})

test('an upload whose process was killed is failed at the next start, with nothing left of it', async (t) => {
  const { ingest, start, write, writer, reads } = openFolder(t)
  await write('small.xml', { ...fleet, events: 50, seed: 2 })
  await write('large.xml', { ...fleet, events: 40_000, seed: 1, dests: 5 })
  await ingest('small.xml')
  const before = contentDump(writer.db)
  const child = start('large.xml')
  const stored = writer.db.prepare("SELECT stored FROM upload WHERE name = 'large.xml'").pluck()
  while (!Number(stored.get()) && child.exitCode === null) await wait(20)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const states = async () => (await selectUploads(reads)).rows.map(({ name, state }) => `${name} ${state}`)
  assert.deepEqual(await states(), ['large.xml reading', 'small.xml done'])
  await ingest('small.xml')
  assert.deepEqual(await states(), ['small.xml done', 'large.xml failed', 'small.xml done'])
  assert.deepEqual(contentDump(writer.db), before)
  assertTotalsHold(writer.db)
})

test('npm run ingest says and does the same through a running server as without one', async (t) => {
  const [alone, served] = [openFolder(t), openFolder(t)]
  const server = await startServer(t, served.folder)
  const runs: Run[][] = []
  for (const { folder, write, ingest } of [alone, served]) {
    await write('a.xml', { ...fleet, events: 400 })
    await write('b.log', { ...fleet, events: 400, format: 'multiline', tz: 'Europe/Berlin' })
    writeFileSync(join(folder, 'x.pdf'), '%PDF-1.7\n'.repeat(200_000))
    writeFileSync(join(folder, 'empty'), '')
    writeFileSync(join(folder, 'odd\u202egnp.xml'), 'nothing')
    mkdirSync(join(folder, 'folder'))
    const said = []
    for (const args of [
      ['a.xml', 'b.log', '--tz', 'Europe/Berlin'],
      ['a.xml', 'nowhere.xml', '--dest', 'HOST1'],
      ['x.pdf', 'a.xml'],
      ['empty'],
      ['odd\u202egnp.xml'],
      ['folder'],
      ['a.xml', '--tz', 'Mars/Olympus'],
    ])
      said.push(await outcome(ingest(...args)))
    runs.push(said.map((run) => ({ ...run, stderr: run.stderr.replaceAll(folder, 'FOLDER') })))
  }
  assert.deepEqual(runs[1], runs[0])
  assert.deepEqual(
    runs[0]?.map(({ code }) => code),
    [0, 1, 1, 0, 1, 1, 2],
  )
  assert.match(runs[0]?.[0]?.stdout ?? '', /^a\.xml: xml, 500 records = 400 stored .*\n {2}20 hosts, 3 silences/)
  assert.doesNotMatch(runs[0]?.[4]?.stderr ?? '', /\u202e/)
  assert.match(runs[0]?.[5]?.stderr ?? '', /folder could not be read to its end: EISDIR/)
  assert.equal(server.exitCode, null)
  const listed = async ({ reads }: typeof alone) =>
    (await selectUploads(reads)).rows
      .filter(({ name }) => name !== 'folder')
      .map(({ name, tz, dest, state, stored, bytes }) => ({ name, tz, dest, state, stored, bytes }))
  assert.deepEqual(await listed(served), await listed(alone))
  assert.deepEqual(contentDump(served.writer.db), contentDump(alone.writer.db))
})

test('a file is read from a pipe, of which no length is known, through a server as well', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { folder, write, ingest, reads } = openFolder(t)
  await write('a.xml', { ...fleet, events: 400 })
  await startServer(t, folder)
  const pipe = join(folder, 'pipe')
  await promisify(execFile)('mkfifo', [pipe])
  const [{ stdout }] = await Promise.all([
    ingest('pipe'),
    promisify(execFile)('sh', ['-c', 'cat "$0" > "$1"', join(folder, 'a.xml'), pipe]),
  ])
  assert.match(stdout, /^pipe: xml, 500 records = 400 stored/)
  assert.equal((await selectUploads(reads)).rows[0]?.state, 'done')
})

test('while another command has the data folder, npm run ingest names it and ends', async (t) => {
  const { folder, write, ingest } = openFolder(t)
  await write('a.xml', { ...fleet, events: 10 })
  const lock = takeLock(folder, 'command')
  t.after(lock.release)
  const { code, stdout, stderr } = await outcome(ingest('a.xml'))
  assert.deepEqual([code, stdout], [1, ''])
  assert.equal(stderr.split('\n').length, 2)
  assert.ok(stderr.includes(`(process ${process.pid} since `), stderr)
})

test('a server that is starting is waited for until it has opened its socket', async (t) => {
  const { folder, write, ingest } = openFolder(t)
  await write('a.xml', { ...fleet, events: 10 })
  const lock = await fakeServer(t, folder, (request, response) => {
    request.resume()
    response.writeHead(503, { 'X-Request-Id': 'abc' })
    response.end(JSON.stringify({ error: { code: 'busy', message: 'Too busy.', detail: null } }))
  })
  const [run] = await Promise.all([
    outcome(ingest('a.xml')),
    // It has no socket for a while: that the command waits for it is the point.
    wait(1500).then(() => lock.announce(localSocketPath(folder))),
  ])
  assert.deepEqual(run, { code: 1, stdout: '', stderr: 'a.xml: Too busy. (request abc)\n' })
})

/** The receipt of an upload that failed, as the API answers it. */
const failedReceipt = (error: string) => ({
  ...{ id: 'x', name: 'large', format: null, state: 'failed', bytes: null, bytesRead: 0, records: 0, stored: 0 },
  ...{ duplicates: 0, otherCodes: {}, rejects: 0, firstTime: null, lastTime: null, dests: 0, tz: 'UTC', dest: null },
  ...{ createdAt: '2026-11-26T00:00:00.000Z', finishedAt: null, error, unparsed: 0, logs: 0, unchecked: 0 },
})

test('a refusal ends sending at once; a connection that breaks off is reported, with what the server knows', async (t) => {
  const { folder, ingest } = openFolder(t)
  writeFileSync(join(folder, 'large'), Buffer.alloc(64 * 1024 * 1024))
  let received = 0
  let knows = false
  const lock = await fakeServer(t, folder, (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(knows ? 200 : 404)
      return void response.end(JSON.stringify(knows ? failedReceipt('The disk is full.') : { error: {} }))
    }
    if (request.url?.includes('name=large&')) {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length
        if (received > 1_000_000) request.socket.destroy()
      })
      return
    }
    response.writeHead(415)
    response.end(JSON.stringify({ error: { code: 'unknown-format', message: 'Not a log.', detail: null } }))
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
      request.pause()
    })
  })
  lock.announce(localSocketPath(folder))
  const lost = await outcome(ingest('large'))
  assert.equal(lost.code, 1)
  assert.match(lost.stderr, /^large: The connection to the server broke off: .+\n$/)
  knows = true
  received = 0
  assert.equal((await outcome(ingest('large'))).stderr, 'large: The disk is full.\n')
  received = 0
  rmSync(join(folder, 'large'))
  writeFileSync(join(folder, 'other'), Buffer.alloc(64 * 1024 * 1024))
  assert.equal((await outcome(ingest('other'))).stderr, 'other: Not a log.\n')
  assert.ok(received < 32 * 1024 * 1024, `${received} bytes were sent`)
})

test('npm run ingest on a data folder or a database that cannot be written to says so in one line', {
  skip: process.platform === 'win32',
}, async (t) => {
  if (!canRunAs(nobody)) return t.skip('Another user cannot read this checkout.')
  const { folder, file, ingest } = openFolder(t, nobody)
  writeFileSync(join(folder, 'a.xml'), '')
  chmodSync(folder, 0o777)
  for (const [path, mode, said] of [
    [file, 0o444, /^The database .*asr-hunt\.db cannot be written to: this user may not write to it\. Run this as/],
    [folder, 0o555, /^The data folder .* cannot be written to: this user may not write to it\. Run this as/],
  ] as const) {
    chmodSync(path, mode)
    const { code, stdout, stderr } = await outcome(ingest('a.xml'))
    chmodSync(path, 0o777)
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, said)
    assert.equal(stderr.split('\n').length, 2, stderr)
  }
})

test('npm run ingest names the logs of an archive that could not be read, and fails, through a server as well', async (t) => {
  const [alone, served] = [openFolder(t), openFolder(t)]
  await startServer(t, served.folder)
  for (const { folder, write, ingest } of [alone, served]) {
    await write('a.xml', { ...fleet, events: 10 })
    const good = { name: 'good.xml', content: readFileSync(join(folder, 'a.xml')) }
    const bad = [
      { name: 'notes.txt', content: 'This is not a log.\n'.repeat(40) },
      { name: 'odd\u202egnp', content: '%PDF-1.7\n'.repeat(40) },
    ]
    writeFileSync(join(folder, 'some.zip'), zipOf([good, ...bad]))
    writeFileSync(join(folder, 'all.zip'), zipOf([good]))
    const { code, stdout, stderr } = await outcome(ingest('some.zip'))
    assert.equal(code, 1)
    assert.match(stdout, /^some\.zip: zip, \d+ records = 10 stored/)
    const lines = stderr.trimEnd().split('\n')
    assert.match(lines[0] ?? '', /^some\.zip: notes\.txt in it could not be read: .*can be read/)
    assert.match(lines[1] ?? '', /^some\.zip: odd\\u202egnp in it could not be read: /)
    assert.equal(lines.length, 2)
    assert.equal((await outcome(ingest('all.zip'))).code, 0)
  }
})
