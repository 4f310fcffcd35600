import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { listenLocally, localSocketPath } from './local-socket.ts'

test('the socket is in the data folder, or in the temporary folder if the path would be too long, or a pipe', () => {
  assert.equal(localSocketPath('/srv/data', 'linux'), join('/srv/data', 'asr-hunt.sock'))
  const long = `/srv/${'ü'.repeat(45)}`
  assert.equal(dirname(localSocketPath(long, 'linux')), tmpdir())
  assert.notEqual(localSocketPath(long, 'linux'), localSocketPath(`${long}2`, 'linux'))
  assert.match(localSocketPath('C:\\data', 'win32'), /^\\\\\.\\pipe\\asr-hunt-[0-9a-f]{32}$/)
})

test('only the same user can connect; what a dead process left is replaced; closing removes the socket', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
  const path = localSocketPath(folder)
  writeFileSync(path, 'left')
  const server = createServer((_request, response) => response.end('here'))
  const mask = process.umask()
  await listenLocally(server, path)
  assert.equal(process.umask(), mask)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  const asked = request({ socketPath: path, path: '/', agent: false }).end()
  const [answer] = await once(asked, 'response')
  answer.setEncoding('utf8')
  assert.equal((await once(answer, 'data'))[0], 'here')
  server.close()
  await once(server, 'close')
  assert.ok(!existsSync(path))
})
