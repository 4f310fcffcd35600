import { execFile } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { logOf } from './fixtures/fleet.ts'
import { ask } from './fixtures/raw.ts'
import type { Receipt, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'ingest command', holds: 'nothing' })
test.skip(process.platform === 'win32', 'Windows has a named pipe instead of a socket.')

const socketOf = (server: Server): string => join(server.dataDir, 'asr-hunt.sock')

/** Runs npm run ingest on the data folder of the server. */
const ingest = (server: Server, ...args: string[]) => {
  const env = { ...process.env, DATA_DIR: server.dataDir, INIT_CWD: server.dataDir, DATABASE_URL: '' }
  return promisify(execFile)(process.execPath, ['bin/ingest.ts', ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

/** The status and the request id of an answer over the local socket. */
const askLocally = (server: Server, path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number | undefined; id: string | undefined }>((resolve, reject) => {
    const asked = request({ socketPath: socketOf(server), path, method, headers }, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode, id: [answer.headers['x-request-id']].flat()[0] })
    })
    asked.on('error', reject)
    asked.end()
  })

test('npm run ingest sends files to the running server, and reads them itself when there is none', async ({
  server,
  fleet,
}) => {
  writeFileSync(join(server.dataDir, 'fleet.xml'), logOf(fleet))
  writeFileSync(join(server.dataDir, 'x.pdf'), '%PDF-1.7\n'.repeat(500_000))
  const sent = await ingest(server, 'fleet.xml', '--dest', 'HOST1')
  expect(sent.stderr).toBe('')
  expect(sent.stdout).toMatch(/^fleet\.xml: xml, \d+ records = \d+ stored \+ 0 duplicates .*\n {2}12 hosts/)
  const [receipt] = (await server.get<{ rows: Receipt[] }>('/api/v1/uploads')).rows
  expect(receipt).toMatchObject({ name: 'fleet.xml', state: 'done', dest: 'HOST1' })
  const [again, refused] = [await ingest(server, 'fleet.xml'), await ingest(server, 'x.pdf')]
  expect(refused.code).toBe(1)
  await server.stop()
  expect(await ingest(server, 'fleet.xml')).toEqual(again)
  expect(await ingest(server, 'x.pdf')).toEqual(refused)
  await server.start()
})

test('the local socket is open to the same user only; only there the Host is not checked', async ({ server }) => {
  expect(statSync(socketOf(server)).mode & 0o777).toBe(0o600)
  const strange = { Host: 'evil.example', Origin: 'https://evil.example' }
  expect((await askLocally(server, '/api/v1/health', strange)).status).toBe(200)
  expect((await askLocally(server, '/api/v1/uploads/none', strange, 'DELETE')).status).toBe(404)
  expect((await askLocally(server, '/%', {})).status).toBe(400)
  for (const headers of [strange, { Host: 'evil.example', 'X-Forwarded-For': '', Forwarded: 'for=unix:' }]) {
    expect((await ask(`${server.url}/api/v1/health`, { headers })).status).toBe(421)
  }
})

test('every answer has a request id of its own, whatever the client sends', async ({ server }) => {
  const ids = new Set<string>()
  for (const path of ['/', '/api/v1/health', '/api/v1/nowhere', '/%', '/api/v1/resumable/x']) {
    const { headers } = await ask(server.url + path, { headers: { 'X-Request-Id': 'mine' } })
    expect(headers['x-request-id'], path).toMatch(/^[\w-]{16}$/)
    ids.add(String(headers['x-request-id']))
  }
  expect(ids.size).toBe(5)
})
