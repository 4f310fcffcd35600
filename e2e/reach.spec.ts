import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from '@playwright/test'
import { testingCertificate } from '#lib/http/testing-certificate.ts'
import { clearServer, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'
import { addUser } from './fixtures/users.ts'

/** A server that is not started yet. */
const newServer = () => new Server(mkdtempSync(join(tmpdir(), 'asr-hunt-e2e-')))
const anybody = { HOST: '0.0.0.0', ALLOWED_HOSTS: 'localhost' }
const password = 'violet otter fence'
// Each test starts servers of its own, some several times.
test.setTimeout(180_000)

test('with a certificate the server uses https and says that it will; the first administrator is made by the link it prints', async ({
  browser,
}) => {
  const server = newServer()
  const { cert, key } = testingCertificate('localhost')
  const files = { TLS_CERT: join(server.dataDir, 'cert.pem'), TLS_KEY: join(server.dataDir, 'key.pem') }
  writeFileSync(files.TLS_CERT, cert)
  writeFileSync(files.TLS_KEY, key)
  server.settings = { ...anybody, ...files }
  await server.start()
  try {
    const link = await printedLink(server)
    expect(link).toMatch(/^https:\/\/localhost:\d+\/set-up#[\w-]{43}$/)
    expect(server.printed.split('\n').filter((line) => line.startsWith('{') && line.includes('set-up#'))).toEqual([])
    const program = await request.newContext({ baseURL: new URL(link).origin, ignoreHTTPSErrors: true })
    for (const path of ['/api/v1/health', '/stacking', '/nowhere', '/icon.svg']) {
      const answer = await program.get(path, { maxRedirects: 0 })
      expect(answer.headers()['strict-transport-security'], path).toBe('max-age=31536000')
    }
    expect((await program.get('/api/v1/stacking')).status()).toBe(401)

    const context = await browser.newContext({ ignoreHTTPSErrors: true })
    const page = await context.newPage()
    await page.goto(link)
    await page.getByLabel('Your name').fill('root')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('The same password again').fill(password)
    await page.getByRole('button', { name: 'Create the administrator' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    await expect(page.getByRole('note')).toHaveCount(0)
    const [cookie] = (await context.cookies()).filter(({ httpOnly }) => httpOnly)
    expect([cookie?.name.startsWith('__Host-'), cookie?.secure, cookie?.sameSite]).toEqual([true, true, 'Lax'])
    await context.close()

    await server.stop()
    await server.start()
    expect(server.printed, 'there is an administrator now').not.toContain('set-up#')
    await server.stop()
    server.settings = { ...server.settings, ALLOW_OPEN: '1' }
    await expect(server.start()).rejects.toThrow('ALLOW_OPEN is 1, but there are accounts')
  } finally {
    await clearServer(server)
  }
})

/** The link that a server without an account prints after it has begun to listen. */
async function printedLink(server: Server): Promise<string> {
  const find = () => /https?:\S+\/set-up#\S+/.exec(server.printed)?.[0] ?? ''
  await expect.poll(find).not.toBe('')
  return find()
}

test('the secret of the data folder is made at the start, before anybody asks, for its user alone, and once', async () => {
  const server = newServer()
  try {
    await server.start()
    const file = join(server.dataDir, 'secret.key')
    const made = readFileSync(file)
    expect([made.length, statSync(file).mode & 0o777]).toEqual([32, 0o600])
    await server.stop()
    await server.start()
    expect(readFileSync(file).equals(made)).toBe(true)
  } finally {
    await clearServer(server)
  }
})

test('without encryption, which must be meant, every page says so', async ({ browser }) => {
  const server = newServer()
  server.settings = { ...anybody, PLAIN_HTTP: '1' }
  await server.start()
  try {
    await addUser(server, ['root', '--role', 'admin'])
    const port = new URL(server.url).port
    const context = await browser.newContext({
      baseURL: `http://localhost:${port}`,
      viewport: { width: 390, height: 844 },
    })
    const page = await context.newPage()
    const note = page.getByRole('note').filter({ hasText: 'Not encrypted.' })
    await page.goto('/wall')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await expect(note).toBeVisible()
    await page.goto('/set-up')
    await expect(note).toBeVisible()
    await context.close()

    await server.stop()
    const open = newServer()
    open.settings = { PLAIN_HTTP: '1' }
    await open.start()
    try {
      const wide = await browser.newContext({ baseURL: open.url, viewport: { width: 1440, height: 900 } })
      const first = await wide.newPage()
      for (const path of ['/', '/stacking', '/wall', '/uploads', '/nowhere', '/hosts/nobody']) {
        await first.goto(path)
        await expect(first.getByRole('note').filter({ hasText: 'Not encrypted.' }), path).toBeVisible()
        const overflow = await first.evaluate(() => document.documentElement.scrollHeight - innerHeight)
        expect(overflow, path).toBeLessThanOrEqual(0)
      }
      await wide.close()
    } finally {
      await clearServer(open)
    }
  } finally {
    await clearServer(server)
  }
})
