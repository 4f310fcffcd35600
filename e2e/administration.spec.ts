import type { Browser, Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from './fixtures/pages.ts'
import { rowsOf } from './fixtures/screen.ts'
import type { Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

// One server that closes with its first account; each test goes on where the one before ended.
test.use({ owner: 'administration' })
test.describe.configure({ mode: 'serial' })

const password = 'violet otter fence'
/** The session of the administrator, which later tests go on with. */
let session: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

/** What a page that is shown once says. */
const secretOf = (page: Page, name: string) =>
  page.getByRole('region', { name }).getByRole('code').or(page.getByRole('region', { name }).locator('code'))

async function asAdmin(browser: Browser, server: Server, more = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, storageState: session, ...more })
  return context.newPage()
}

test('the first user is added on the page, gets a one-time link, and closes the server', async ({
  page,
  browser,
  server,
}) => {
  await page.goto('/admin')
  await expect(page).toHaveURL(/\/admin\/users$/)
  await expect(page.getByRole('heading', { level: 2 })).toContainText(
    'No users: anyone who reaches this server may do everything',
  )
  await page.getByRole('button', { name: 'Add user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('root')
  await dialog.getByRole('button', { name: 'Add' }).click()
  const link = await secretOf(page, 'One-time link').innerText()
  expect(link).toMatch(/\/set-up#[\w-]{43}$/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()

  const context = await browser.newContext({ baseURL: server.url })
  const root = await context.newPage()
  await root.goto(link)
  await root.getByLabel('Password', { exact: true }).fill(password)
  await root.getByLabel('The same password again').fill(password)
  await root.getByRole('button', { name: 'Set the password' }).click()
  await expect(root.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  session = await context.storageState()
  await root.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Admin' }).click()
  await expect(rowsOf(root.getByRole('table', { name: 'Users' }))).toHaveCount(1)
  await expect(root.getByRole('table', { name: 'Users' })).toContainText('root you')
  await context.close()
})

test('a user is added, changed, disabled and reset', async ({ browser, server }) => {
  const page = await asAdmin(browser, server)
  await page.goto('/admin/users')
  await page.getByRole('button', { name: 'Add user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Root')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Names are compared without case')
  await dialog.getByRole('textbox').fill('anna')
  await dialog.getByLabel('Role').selectOption('viewer')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = rowsOf(page.getByRole('table', { name: 'Users' })).filter({ hasText: 'anna' })
  await expect(row).toContainText('viewer')
  await page.getByRole('button', { name: 'Change anna' }).click()
  await dialog.getByLabel('Role').selectOption('analyst')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('analyst')
  await page.getByRole('button', { name: 'Change anna' }).click()
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(row).toContainText('disabled')
  await page.getByRole('button', { name: 'Change anna' }).click()
  await dialog.getByRole('button', { name: 'Reset' }).click()
  await expect(secretOf(page, 'One-time link')).toContainText('/set-up#')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Change root' }).click()
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(dialog.getByRole('alert')).toContainText('last administrator')
  await page.context().close()
})

test('a display token opens the wall on another screen, stays in no address, and ends with a message', async ({
  browser,
  server,
}) => {
  const page = await asAdmin(browser, server)
  await page.goto('/admin/tokens')
  await page.getByRole('button', { name: 'Make token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Wall in room 3')
  await dialog.getByRole('radio', { name: /^display/ }).check()
  await dialog.getByRole('combobox').selectOption('when it is revoked')
  await dialog.getByRole('button', { name: 'Make' }).click()
  await expect(secretOf(page, 'New token')).toHaveCount(2)
  const [secret = '', link = ''] = await secretOf(page, 'New token').allInnerTexts()
  expect(secret).toMatch(/^asrhunt_display_[\w-]{43}$/)
  expect(link).toBe(`${server.url}/display#${secret}`)
  await dialog.getByRole('button', { name: 'Done' }).click()
  expect(await page.content()).not.toContain(secret)

  const screen = await browser.newContext({ baseURL: server.url })
  const wall = await screen.newPage()
  const sent: string[] = []
  const answers: Promise<string>[] = []
  wall.on('request', (request) => {
    sent.push(`${request.url()} ${request.headers().referer ?? ''}`)
  })
  wall.on('response', (answer) => {
    if (/\/wall(\?|$)/.test(answer.url())) answers.push(answer.text().catch(() => ''))
  })
  await wall.goto(link.replace('#', '?anchor=newest&rotate=rare&redact=off#'))
  await expect(wall).toHaveURL(`${server.url}/wall?anchor=newest&rotate=rare&redact=off`)
  const status = wall.getByRole('status', { name: 'Freshness' })
  await expect(status).toContainText('live')
  await expect(wall.getByRole('list', { name: 'Ignored parameters' })).toContainText('redact=off')
  await expect(wall.getByRole('main')).toContainText('•••')
  expect(sent.length).toBeGreaterThan(3)
  expect(sent.filter((each) => each.includes(secret))).toEqual([])
  for (const text of await Promise.all(answers)) {
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/\\Users\\|C:\\/)
  }
  const [cookie] = await screen.cookies()
  expect([cookie?.value, cookie?.httpOnly, cookie?.sameSite]).toEqual([secret, true, 'Strict'])
  expect(await wall.evaluate(() => `${document.cookie}${JSON.stringify(localStorage)}`)).not.toContain(secret)
  await wall.goBack()
  expect(wall.url()).not.toContain('#')
  await wall.goto('/stacking')
  await expect(wall.getByRole('heading', { level: 1 })).toHaveText('This page is not for you')
  await wall.goto('/wall?anchor=newest')
  await expect(status).toContainText('live')

  await server.stop()
  await server.start()
  await expect(status).toContainText('live', { timeout: 30_000 })
  await wall.reload()
  await expect(status).toContainText('live')

  await page.reload()
  await page.getByRole('button', { name: 'Revoke Wall in room 3' }).click()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(wall.getByRole('main').getByRole('alert')).toContainText('This screen was signed out', {
    timeout: 10_000,
  })
  await expect(wall.getByRole('region', { name: 'Key figures' })).toHaveCount(0)
  await wall.reload()
  await expect(wall.getByRole('heading', { level: 1 })).toHaveText('Sign in')
  await wall.goto(`/display#${secret}`)
  await expect(wall.getByRole('main').getByRole('alert')).toContainText('There is no such token')
  await screen.close()
  await page.context().close()
})

test('the audit log has all of that, filters it and exports it', async ({ browser, server }) => {
  const page = await asAdmin(browser, server)
  await page.goto('/admin/audit')
  const rows = rowsOf(page.getByRole('table', { name: 'Audit log' }))
  await expect(rows.first()).toContainText('revoked a token')
  await expect(rows.filter({ hasText: 'opened a display' })).toContainText('Wall in room 3')
  await expect(rows.filter({ hasText: 'changed a user' }).filter({ hasText: 'viewer' })).toContainText('analyst')
  await page.getByLabel('Did').selectOption('reset a user')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page).toHaveURL(/action=user-reset/)
  await expect(rows).toHaveCount(1)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'NDJSON' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('asr-hunt-audit.ndjson')
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(rows.first()).toContainText('exported')
  await page.goto('/admin/audit?action=nothing')
  await expect(page.getByRole('list', { name: 'Parameters that make no sense' })).toContainText('action=nothing')
  await expect(rows).toHaveCount(0)
  await page.context().close()
})

test('a session is ended by an administrator', async ({ browser, server }) => {
  const other = await (await browser.newContext({ baseURL: server.url })).newPage()
  await other.goto('/sign-in?to=/risk')
  await other.getByLabel('Name').fill('root')
  await other.getByLabel('Password').fill(password)
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(other.getByRole('heading', { level: 1, name: 'Risk' })).toBeVisible()
  const page = await asAdmin(browser, server)
  await page.goto('/admin/sessions')
  const rows = rowsOf(page.getByRole('table', { name: 'Sessions' }))
  await expect(rows).toHaveCount(2)
  await rows.filter({ hasNotText: 'this browser' }).getByRole('button').click()
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
  await expect(rows).toHaveCount(1)
  await other.reload()
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Sign in')
  await other.context().close()
  await page.context().close()
})

for (const [theme, width] of [
  ['light', 390],
  ['dark', 320],
] as const) {
  test(`the pages and dialogs of administration are accessible and fit ${width} pixels, ${theme}`, async ({
    browser,
    server,
  }) => {
    const page = await asAdmin(browser, server, { viewport: { width, height: 800 }, colorScheme: theme })
    for (const name of ['users', 'tokens', 'sessions', 'audit', 'settings', 'storage']) {
      await page.goto(`/admin/${name}`)
      await expect(page.getByRole('navigation', { name: 'Administration' }).locator('[aria-current]')).toBeInViewport()
      await expectAccessible(page, name)
      await expectNoSidewaysScroll(page, name)
    }
    for (const [path, button] of [
      ['/admin/users', 'Add user'],
      ['/admin/users', 'Change anna'],
      ['/admin/tokens', 'Make token'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('button', { name: button }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page, button, 'dialog')
      await expectNoSidewaysScroll(page, button)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: button })).toBeFocused()
    }
    await page.context().close()
  })
}
