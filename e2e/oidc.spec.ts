import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProvider } from '#lib/access/testing-provider.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { clearServer, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'
import { addUser } from './fixtures/users.ts'

const server = new Server(mkdtempSync(join(tmpdir(), 'asr-hunt-e2e-')))
let provider: Awaited<ReturnType<typeof startProvider>>

test.beforeAll(async () => {
  // Once for its port, which the provider must know.
  await server.start()
  const redirect = `${server.url}${apiPaths.oidcCallback}`
  provider = await startProvider({
    redirect,
    claims: (login) => ({ roles: login === 'jane' ? ['asr-hunt-analyst'] : [] }),
  })
  await addUser(server, ['root', '--role', 'admin'])
  await server.stop()
  server.settings = { ...provider.settings, OIDC_NAME: 'Example SSO' }
  await server.start()
})
test.afterAll(async () => {
  await clearServer(server)
  provider.close()
})

test('a link that is opened without a session leads through the provider to exactly that page', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/hosts?q=a%20b&sort=dest')
  await page.getByRole('link', { name: 'Sign in with Example SSO' }).click()
  await expect(page.getByRole('heading', { name: 'Provider' })).toBeVisible()
  await page.getByLabel('Who are you?').fill('jane')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible()
  const { pathname, searchParams } = new URL(page.url())
  expect([pathname, searchParams.get('q'), searchParams.get('sort')]).toEqual(['/hosts', 'a b', 'dest'])
  const account = await page.request.get('/api/v1/account')
  expect(await account.json()).toMatchObject({ name: 'jane', role: 'analyst', origin: 'oidc' })
  expect(server.printed).not.toContain(provider.settings.OIDC_CLIENT_SECRET)
  await context.close()
})

test('a user without a role is led back to sign-in, which says so', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Sign in with Example SSO' }).click()
  await page.getByLabel('Who are you?').fill('joe')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'You have no role in this program' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await context.close()
})
