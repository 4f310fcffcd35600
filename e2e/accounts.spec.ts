import type { Browser, Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { permissions } from '#lib/access/permissions.ts'
import { ask } from './fixtures/raw.ts'
import { cellsOf, rowsOf } from './fixtures/screen.ts'
import type { Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

// One server that closes with its first account; each test goes on where the one before ended.
test.use({ owner: 'accounts' })
test.describe.configure({ mode: 'serial', timeout: 180_000 })

/** A password is slow to check on purpose, and slower on a busy machine. */
const patience = { timeout: 60_000 }

const password = 'violet otter fence'
/** What browsers of the accounts send: made by signing in on the screen. */
const cookies: Record<string, string> = {}

const ofBrowser = async (page: Page): Promise<string> =>
  (await page.context().cookies())
    .filter(({ httpOnly }) => httpOnly)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')

/** Adds a user with a session of an administrator, or on an open server without one. Returns the one-time link. */
async function addUser(server: Server, name: string, role: string, cookie = ''): Promise<string> {
  const headers = { cookie, origin: server.url, 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api/v1/users`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name, role }),
  })
  expect(answer.status).toBe(201)
  const { link } = (await answer.json()) as { link: { secret: string } }
  return `${server.url}/set-up#${link.secret}`
}

/** Sets the password of a one-time link in a browser of its own, which is then signed in. */
async function setUp(browser: Browser, server: Server, link: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto(link)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('The same password again').fill(password)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
  return page
}

async function signIn(page: Page, name: string, given = password): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(given)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('the first account closes the server, which was open until then', async ({ browser, page, server }) => {
  await page.goto('/stacking')
  await expect(page.getByRole('heading', { level: 1, name: 'ASR Rules Stacking' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Account' })).toHaveCount(0)
  const link = await addUser(server, 'root', 'admin')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()

  const root = await setUp(browser, server, link)
  expect(root.url()).not.toContain('#')
  cookies.root = await ofBrowser(root)
  const again = await root.context().newPage()
  await again.goto(link)
  await expect(again.getByRole('alert').filter({ hasText: 'used already' })).toBeVisible()
  expect(again.url()).toBe(`${server.url}/set-up`)
  await expect(root.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Account' })).toBeVisible()
})

test('two browsers share the link of a host through sign-in and see the same rows', async ({
  browser,
  page,
  server,
  fleet,
}) => {
  const jane = await setUp(browser, server, await addUser(server, 'jane', 'analyst', cookies.root))
  const vera = await setUp(browser, server, await addUser(server, 'vera', 'viewer', cookies.root))
  cookies.jane = await ofBrowser(jane)
  cookies.vera = await ofBrowser(vera)
  await jane.goto(`/hosts/${encodeURIComponent(fleet[0]?.dest ?? '')}?tab=events&tz=Europe%2FBerlin&q=*e*`)
  const table = jane.getByRole('table').first()
  await expect(rowsOf(table).first()).toBeVisible()
  const link = `${jane.url()}#top`

  await page.goto(link)
  await expect(page).toHaveURL(/\/sign-in\?to=\/hosts\//)
  await signIn(page, 'vera', 'wrong otter fence')
  await expect(page.getByRole('alert').filter({ hasText: 'The name or the password is wrong.' })).toBeVisible(patience)
  await signIn(page, 'VERA')
  await expect(page).toHaveURL(link, patience)
  const same = page.getByRole('table').first()
  await expect(rowsOf(same)).toHaveCount(await rowsOf(table).count())
  expect(await cellsOf(same)).toEqual(await cellsOf(table))
  // A viewer is shown what is refused.
  const refused = await page.request.put('/api/v1/groups', { data: {}, headers: { origin: server.url } })
  expect(refused.status()).toBe(403)
})

test('a link to another server, or to nothing, leads to the first page', async ({ page, server }) => {
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/api/v1/events']) {
    await page.context().clearCookies()
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`)
    await signIn(page, 'vera')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
    expect(new URL(page.url()).origin).toBe(server.url)
  }
})

test('every address of the built server asks for a session, but those of signing in', async ({ server }) => {
  for (const [entry, permission] of Object.entries(permissions)) {
    const [method = '', pattern = ''] = entry.split(' ')
    const path = pattern
      .replace('[...file]', 'nothing.js')
      .replace('[table]', 'stacking')
      .replaceAll(/\[\w+\]/g, 'some-id')
    const { status, headers } = await ask(server.url + path, { method })
    // Without a provider, its way of signing in leads back and says so.
    const isOfProvider = path.startsWith('/api/v1/sign-in/oidc')
    if (isOfProvider) {
      if (status === 303) expect(headers.location, entry).toContain('problem=')
    } else if (permission === 'none') expect([401, 303, 405], entry).not.toContain(status)
    else expect([401, 303], entry).toContain(status)
    if (status === 303 && !isOfProvider) expect(headers.location, entry).toMatch(/^\/sign-in(\?to=\/[^/]|$)/)
  }
})

test('every page of the built server is answered to a viewer as the table says, and says so if it is not', async ({
  server,
}) => {
  for (const [entry, permission] of Object.entries(permissions)) {
    const [method, path = ''] = entry.split(' ')
    if (method !== 'GET' || path.includes('[') || path.startsWith('/api/') || path === '/sign-in') continue
    const { status, body } = await ask(server.url + path, { headers: { cookie: cookies.vera ?? '' } })
    expect(status, path).toBe(['administer', 'configure'].includes(permission) ? 403 : 200)
    if (status === 403) expect(body).toContain('This page is not for you')
  }
})

test('an app makes a code necessary; other sessions end and are listed; signing out ends this one', async ({
  browser,
  page,
  server,
}) => {
  await page.goto('/sign-in')
  await signIn(page, 'jane')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
  await page.goto('/account')
  await expect(page.getByText('(this browser)')).toBeVisible()
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await expect(page.getByAltText('QR code of the key below')).toBeVisible()
  const secret = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '')
  const code = (later = 0) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + later })
  await page.getByLabel('A code of the app').fill(code())
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('button', { name: 'Remove the app' })).toBeVisible(patience)
  expect((await ask(`${server.url}/api/v1/account`, { headers: { cookie: cookies.jane ?? '' } })).status).toBe(401)

  const other = await (await browser.newContext({ baseURL: server.url })).newPage()
  await other.goto('/wall')
  await signIn(other, 'jane')
  await expect(other.getByLabel('Code of your authenticator app')).toBeVisible(patience)
  await other.getByLabel('Code of your authenticator app').fill('000000')
  await other.getByRole('button', { name: 'Confirm' }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'The code is wrong' })).toBeVisible()
  // The next one: the one before was used.
  await other.getByLabel('Code of your authenticator app').fill(code(30))
  await other.getByRole('button', { name: 'Confirm' }).click()
  await expect(other).toHaveURL(`${server.url}/wall`, patience)

  await page.reload()
  await page.getByRole('button', { name: /^End the session/ }).click()
  await expect(page.getByRole('button', { name: /^End the session/ })).toHaveCount(0)
  await other.goto('/stacking')
  await expect(other).toHaveURL(/\/sign-in\?to=\/stacking$/)

  const mine = await ofBrowser(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  expect((await ask(`${server.url}/api/v1/account`, { headers: { cookie: mine } })).status).toBe(401)
})

test('a session that ended leads to sign-in when the next screen is opened, and back to it', async ({
  browser,
  server,
}) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/sign-in')
  await signIn(page, 'vera')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
  await page.context().clearCookies()
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Hosts' }).click()
  await expect(page).toHaveURL(/\/sign-in\?to=\/hosts$/)
  await signIn(page, 'vera')
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible(patience)
})

test('sessions and passwords are there after a restart', async ({ server }) => {
  await server.stop()
  await server.start()
  const { status, body } = await ask(`${server.url}/api/v1/account`, { headers: { cookie: cookies.vera ?? '' } })
  expect([status, JSON.parse(body).name]).toEqual([200, 'vera'])
  expect(server.printed).not.toContain('set-up#')
})
