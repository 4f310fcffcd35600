import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'settings', holds: 'nothing' })

/** Runs the server with these settings until it ends, and gives what it said. */
function serve(dataDir: string, settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, NODE_ENV: 'production' as const, DATA_DIR: dataDir, ...settings }
  const child = spawn(process.execPath, ['bin/serve.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const hear = (bytes: Buffer) => {
    said += bytes
    if (said.includes('ASR Hunt is at')) child.kill()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

test('an address that others can reach is refused until ALLOW_OPEN says that it is meant', async ({ server }) => {
  const refused = await serve(server.dataDir, { HOST: '0.0.0.0', PORT: '0' })
  expect(refused.code).toBe(1)
  expect(refused.said).toContain('ALLOW_OPEN=1')
  const allowed = await serve(server.dataDir, { HOST: '0.0.0.0', PORT: '0', ALLOW_OPEN: '1' })
  expect(allowed.code).toBe(0)
  expect(allowed.said).toContain('ASR Hunt is at http://0.0.0.0:')
})

test('a port that is taken or makes no sense is named, with what to set', async ({ server }) => {
  const { port } = new URL(server.url)
  const taken = await serve(server.dataDir, { PORT: port })
  expect(taken.code).toBe(1)
  expect(taken.said).toContain(`Port ${port} on 127.0.0.1 is taken. Set PORT to another`)
  const odd = await serve(server.dataDir, { PORT: 'http' })
  expect(odd.code).toBe(1)
  expect(odd.said).toContain('PORT is "http"')
})

test('another store than SQLite is refused by name, its password left out', async ({ server }) => {
  const { code, said } = await serve(server.dataDir, { PORT: '0', DATABASE_URL: 'postgres://me:secret@db/asr' })
  expect(code).toBe(1)
  expect(said).toContain('DATABASE_URL')
  expect(said).not.toContain('secret')
})

test('the server says where it is and where the data lies, and ends cleanly when told to', async ({ server }) => {
  expect(server.printed).toContain(`ASR Hunt is at ${server.url}`)
  expect(server.printed).toContain(`The data lies in ${server.dataDir}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    expect(await server.stop(signal)).toBe(0)
    expect(statSync(join(server.dataDir, 'asr-hunt.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0)
    await server.start()
  }
})
