import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from './fixtures/raw.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'settings', holds: 'nothing' })

/** Runs the server with these settings until it ends, and returns what it said. Once it is up it is ended, after `use`. */
function serve(
  dataDir: string,
  settings: Record<string, string>,
  use: (port: string) => Promise<void> = async () => {},
): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, NODE_ENV: 'production' as const, DATA_DIR: dataDir, ...settings }
  const child = spawn(process.execPath, ['bin/serve.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let used: Promise<void> | null = null
  const hear = (bytes: Buffer) => {
    said += bytes
    const port = /ASR Hunt is at http:\S+:(\d+)/.exec(said)?.[1]
    if (port !== undefined) used ??= use(port).finally(() => child.kill())
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((resolve, reject) =>
    child.once('close', (code) => (used ?? Promise.resolve()).then(() => resolve({ code, said }), reject)),
  )
}

/** A data folder that no server uses. */
let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asr-hunt-e2e-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

test('an address that others can reach is refused until it is said how it is protected, and under which names it is reached', async () => {
  const reached = { HOST: '0.0.0.0', PORT: '0' }
  for (const settings of [{}, { ALLOW_OPEN: '1' }] as Record<string, string>[]) {
    const refused = await serve(folder, { ...reached, ...settings })
    expect(refused.code).toBe(1)
    for (const name of ['HOST is 0.0.0.0', 'TLS_CERT and TLS_KEY', 'TRUSTED_PROXIES', 'PLAIN_HTTP=1'])
      expect(refused.said).toContain(name)
  }
  const plain = { ...reached, PLAIN_HTTP: '1' }
  const unnamed = await serve(folder, plain)
  expect(unnamed.code).toBe(1)
  expect(unnamed.said).toContain('ALLOWED_HOSTS is not set')
  const wild = await serve(folder, { ...plain, ALLOWED_HOSTS: '*.example' })
  expect(wild.code).toBe(1)
  expect(wild.said).toContain('"*.example", which is not a host name')
  const settings = { ...plain, ALLOW_OPEN: '1', ALLOWED_HOSTS: 'hunt.example' }
  const allowed = await serve(folder, settings, async (port) => {
    for (const [host, status] of [
      ['hunt.example', 200],
      [`Hunt.example:${port}`, 200],
      [`127.0.0.1:${port}`, 200],
      ['evil.example', 421],
      ['a.hunt.example', 421],
    ] as const) {
      const answer = await ask(`http://127.0.0.1:${port}/api/v1/health`, { headers: { Host: host } })
      expect(answer.status, host).toBe(status)
    }
  })
  expect(allowed.code).toBe(0)
  expect(allowed.said).toContain('ASR Hunt is at http://0.0.0.0:')
})

test('a port that is taken or makes no sense is named, with what to set', async ({ server }) => {
  const { port } = new URL(server.url)
  const taken = await serve(folder, { PORT: port })
  expect(taken.code).toBe(1)
  expect(taken.said).toContain(`Port ${port} on 127.0.0.1 is taken. Set PORT to another`)
  const odd = await serve(folder, { PORT: 'http' })
  expect(odd.code).toBe(1)
  expect(odd.said).toContain('PORT is "http"')
})

test('settings of certificates, proxies and providers that make no sense are named', async () => {
  for (const [settings, said] of [
    [{ TLS_CERT: join(folder, 'none.pem') }, 'TLS_CERT is set, but TLS_KEY is not'],
    [{ TLS_CERT: join(folder, 'none.pem'), TLS_KEY: join(folder, 'none.key') }, 'none.pem'],
    [{ TRUSTED_PROXIES: 'proxy.example' }, 'TRUSTED_PROXIES contains "proxy.example"'],
    [{ AUTH_PROXY_HEADER: 'X-Auth-User' }, 'TRUSTED_PROXIES is not set'],
    [
      { OIDC_ISSUER: 'http://login.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' },
      'OIDC_ISSUER is "http://login.example"',
    ],
    [{ OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_SECRET: 'secret' }, 'OIDC_CLIENT_ID is not set'],
  ] as [Record<string, string>, string][]) {
    const ended = await serve(folder, { PORT: '0', ...settings })
    expect(ended.code).toBe(1)
    expect(ended.said).toContain(said)
    expect(ended.said).not.toContain('secret')
  }
})

test('a log level that does not exist is named, with those that do', async () => {
  const { code, said } = await serve(folder, { PORT: '0', LOG_LEVEL: 'loud' })
  expect(code).toBe(1)
  expect(said).toContain('LOG_LEVEL is "loud"')
})

test('a second server on the same data folder is refused, with the process that has it', async ({ server }) => {
  const { pid } = JSON.parse(readFileSync(join(server.dataDir, 'asr-hunt.lock'), 'utf8'))
  const { code, said } = await serve(server.dataDir, { PORT: '0' })
  expect(code).toBe(1)
  expect(said).toContain(`already running on the data folder ${server.dataDir} (process ${pid} since `)
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200)
})

test('a damaged database does not start the server, which says to restore a backup', async () => {
  expect((await serve(folder, { PORT: '0' })).code).toBe(0)
  const file = join(folder, 'asr-hunt.db')
  truncateSync(file, statSync(file).size / 2)
  const { code, said } = await serve(folder, { PORT: '0' })
  expect(code).toBe(1)
  expect(said).toContain(`The database cannot be opened: The database ${file} is damaged: the file has `)
  expect(said).toContain('npm run restore -- FILE')
})

test('another store than SQLite is refused by name, its password left out', async () => {
  const { code, said } = await serve(folder, { PORT: '0', DATABASE_URL: 'postgres://me:secret@db/asr' })
  expect(code).toBe(1)
  expect(said).toContain('DATABASE_URL')
  expect(said).not.toContain('secret')
})

test('the server says where it is and where the data is, and ends cleanly when asked to', async ({ server }) => {
  expect(server.printed).toContain(`ASR Hunt is at ${server.url}`)
  expect(server.printed).toContain(`The data is stored in ${server.dataDir}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    expect(await server.stop(signal)).toBe(0)
    for (const file of ['asr-hunt.lock', 'asr-hunt.sock']) expect(existsSync(join(server.dataDir, file))).toBe(false)
    expect(statSync(join(server.dataDir, 'asr-hunt.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0)
    await server.start()
  }
})
