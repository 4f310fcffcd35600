import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import type { AuditRow } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { measureFirstLoad } from '#tools/bench/first-load.ts'
import { expectAccessible } from './fixtures/pages.ts'
import { ask } from './fixtures/raw.ts'
import { clearServer, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'
import { addUser } from './fixtures/users.ts'

// One server; each test goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 180_000 })

/** A password is slow to check on purpose, and slower on a busy machine. */
const patience = { timeout: 60_000 }
const password = 'violet otter fence'

const server = new Server(mkdtempSync(join(tmpdir(), 'asr-hunt-e2e-')))
/** The server by its name: browsers accept no passkeys for an IP address. */
const named = (url: string): string => url.replace('127.0.0.1', 'localhost')

type Person = { context: BrowserContext; page: Page; cdp: CDPSession; device: string }
let root: Person
let jane: Person

/** A browser with a device that has passkeys and checks who uses it, and an account whose password is set. */
async function person(browser: Browser, name: string, role: string): Promise<Person> {
  const context = await browser.newContext({ baseURL: named(server.url) })
  const page = await context.newPage()
  await page.goto(`/set-up${new URL(await addUser(server, [name, '--role', role])).hash}`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('The same password again').fill(password)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true } as const
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  return { context, page, cdp, device: authenticatorId }
}

async function addPasskey({ page }: Person, name: string): Promise<void> {
  await page.goto('/account')
  const open = page.getByRole('button', { name: 'Add a passkey' })
  await open.focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Name of the passkey').fill(name)
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`For localhost · added`)).toBeVisible(patience)
  await expect(page.getByLabel('Name of the passkey')).toHaveCount(0)
  await expect(open).toBeFocused()
}

async function signOut({ page }: Person): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
}

const passkeyButton = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' })

/** What is said next to a form or button. */
const alert = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text })

test.beforeAll(async ({ browser }) => {
  await server.start()
  root = await person(browser, 'root', 'admin')
  jane = await person(browser, 'jane', 'analyst')
})
test.afterAll(() => clearServer(server))

test('a passkey is added, signs in without a name to exactly the screen of the link, and is removed', async () => {
  const { page, context } = jane
  await addPasskey(jane, 'Laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByLabel('Name of the passkey')).toBeVisible()
  await expectAccessible(page, 'account')
  await signOut(jane)

  const scripts: string[] = []
  page.on('response', async (answer) => {
    if (answer.request().resourceType() === 'script') scripts.push(await answer.text().catch(() => ''))
  })
  const ofLibrary = () => scripts.filter((text) => text.includes('ERROR_CEREMONY_ABORTED'))
  const link = '/hosts?q=a%20b&sort=dest#top'
  await page.goto(link)
  await expect(page).toHaveURL(/\/sign-in\?to=\/hosts/)
  await expect(passkeyButton(page)).toBeVisible()
  await expectAccessible(page, 'sign-in')
  expect([scripts.length > 3, ofLibrary().length]).toEqual([true, 0])
  await passkeyButton(page).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible(patience)
  const { pathname, searchParams, hash } = new URL(page.url())
  expect([pathname, searchParams.get('q'), searchParams.get('sort'), hash]).toEqual(['/hosts', 'a b', 'dest', '#top'])
  expect(ofLibrary().length).toBe(1)
  expect(await (await context.request.get('/api/v1/account')).json()).toMatchObject({ name: 'jane', passkeys: 1 })

  await root.page.goto('/admin/users')
  await expect(root.page.getByRole('row', { name: /jane/ })).toContainText('password + passkey')

  await page.goto('/account')
  await expect(page.getByText(/For localhost · added .* · last used /)).toBeVisible()
  await expect(page.getByText(/ by passkey · /)).toBeVisible()
  await page.getByRole('button', { name: 'Remove the passkey Laptop' }).click()
  await page.getByLabel('Your password', { exact: true }).fill('wrong otter fence')
  await page.getByRole('button', { name: 'Remove the passkey', exact: true }).click()
  await expect(alert(page, 'This is not your password.')).toBeVisible(patience)
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Remove the passkey', exact: true }).click()
  await expect(page.getByText('For localhost')).toHaveCount(0, patience)
  await expect(page.getByRole('heading', { name: 'Passkeys' })).toBeFocused()

  await signOut(jane)
  await passkeyButton(page).click()
  await expect(alert(page, 'This passkey is not accepted.')).toBeVisible(patience)
  expect((await context.request.get('/api/v1/account')).status()).toBe(401)
})

test('a device that does not know who uses it is refused by the browser, and the page says so', async () => {
  const { page, cdp, device } = root
  await addPasskey(root, 'Key')
  await signOut(root)
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified: false })
  await passkeyButton(page).click()
  await expect(alert(page, 'No passkey was used')).toBeVisible(patience)
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified: true })
  await expect(passkeyButton(page)).toBeEnabled()
})

/** Sends the answer of a passkey as its browser did. */
const sendAgain = (cookie: string, body: string | Buffer) =>
  ask(named(server.url) + apiPaths.signInByPasskey, {
    method: 'PUT',
    headers: { cookie, origin: named(server.url), 'content-type': 'application/json' },
    body: String(body),
  })

test('an answer that is sent again signs in nobody', async () => {
  const { page } = root
  const sent = page.waitForRequest((request) => request.method() === 'PUT')
  await passkeyButton(page).click()
  const request = await sent
  const { cookie = '' } = await request.allHeaders()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
  expect(cookie).toContain('-passkey=')
  const again = await sendAgain(cookie, request.postData() ?? '')
  expect(again.status).toBe(401)
  expect(again.headers['set-cookie']?.join()).not.toMatch(/=[\w-]{43};/)
})

test('a page of another origin, for which the browser does use the passkey, signs in nobody', async () => {
  const other = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end('<p>other'))
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  try {
    const begun = await ask(named(server.url) + apiPaths.signInByPasskey, {
      method: 'POST',
      headers: { origin: named(server.url) },
    })
    const { challenge } = JSON.parse(begun.body) as { challenge: string }
    await root.page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`)
    const answer = await root.page.evaluate(async (given) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
        ...{ challenge: given, rpId: 'localhost', userVerification: 'required' },
      })
      return JSON.stringify(await navigator.credentials.get({ publicKey }))
    }, challenge)
    const refused = await sendAgain(begun.headers['set-cookie']?.[0]?.split(';')[0] ?? '', answer)
    expect([refused.status, refused.body.includes('not accepted')]).toEqual([401, true])
  } finally {
    other.closeAllConnections()
    other.close()
  }
})

test('a passkey that says it is of another user, or that was copied, is refused and in the audit log', async () => {
  const { cdp, device, page } = root
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: device })
  const [mine] = credentials
  if (mine === undefined) throw new Error('The device has no passkey.')
  const users = (await (await root.context.request.get('/api/v1/users')).json()) as { rows: Record<string, string>[] }
  const janeId = users.rows.find(({ name }) => name === 'jane')?.id ?? ''
  const tryWith = async (credential: typeof mine) => {
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId: device })
    await cdp.send('WebAuthn.addCredential', { authenticatorId: device, credential })
    await signOut(root)
    await passkeyButton(page).click()
  }
  await tryWith({ ...mine, userHandle: Buffer.from(janeId).toString('base64') })
  await expect(alert(page, 'This passkey is not accepted.')).toBeVisible(patience)
  await page.goto('/sign-in')
  await passkeyButton(page).focus()
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId: device })
  await cdp.send('WebAuthn.addCredential', { authenticatorId: device, credential: { ...mine, signCount: 0 } })
  await passkeyButton(page).click()
  await expect(alert(page, 'This passkey is not accepted.')).toBeVisible(patience)
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId: device })
  await cdp.send('WebAuthn.addCredential', { authenticatorId: device, credential: { ...mine, signCount: 1000 } })
  await passkeyButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible(patience)
  const log = await root.context.request.get('/api/v1/audit-log?action=sign-in-failed')
  const { rows } = (await log.json()) as { rows: AuditRow[] }
  expect(rows.slice(0, 2).map(({ after }) => [after?.step, after?.name])).toEqual([
    ['passkey counter', 'root'],
    ['passkey', 'root'],
  ])
})

test('at an IP address the page shows the reason and the address that works, and not the button', async ({
  browser,
}) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/hosts?q=a')
  await expect(page.getByText('Passkeys do not work at an IP address.')).toBeVisible()
  await expect(passkeyButton(page)).toHaveCount(0)
  await page.getByRole('link', { name: /^localhost:\d+$/ }).click()
  await expect(page).toHaveURL(`${named(server.url)}/sign-in?to=/hosts?q=a`)
  await expect(passkeyButton(page)).toBeVisible()
})

test('account and sign-in load 200 kB of JavaScript at first at most', async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: named(server.url) })).newPage()
  const { script: signIn } = await measureFirstLoad(page, `${named(server.url)}/sign-in`)
  const { script: account } = await measureFirstLoad(root.page, `${named(server.url)}/account`)
  await expect(root.page.getByRole('button', { name: 'Add a passkey' })).toBeVisible()
  for (const kilobytes of [signIn, account]) {
    expect.soft(kilobytes).toBeGreaterThan(50)
    expect.soft(kilobytes).toBeLessThanOrEqual(200)
  }
})
