import type { Browser, Page } from '@playwright/test'
import { xmlEvent } from '#lib/formats/testing.ts'
import { rowsOf } from './fixtures/screen.ts'
import type { Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'
import { signedIn } from './fixtures/users.ts'

test.use({ owner: 'roles' })
test.describe.configure({ mode: 'serial', timeout: 120_000 })

/** A rule of nobody's lookup. */
const ID = '01234567-89AB-CDEF-0123-456789ABCDEF'
const cookies: Record<string, string> = {}

async function open(browser: Browser, server: Server, role: string): Promise<Page> {
  const [name = '', value = ''] = (cookies[role] ?? '').split('=')
  const context = await browser.newContext({ baseURL: server.url })
  await context.addCookies([{ name, value, url: server.url, httpOnly: true }])
  return context.newPage()
}

/** What each screen offers to a role: the buttons, fields and links that change something. */
async function offers(page: Page): Promise<Record<string, boolean>> {
  const offered: Record<string, boolean> = {}
  const has = async (name: string, path: string, find: (page: Page) => ReturnType<Page['getByRole']>) => {
    if (new URL(page.url(), 'http://x').pathname !== path) await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    offered[name] = (await find(page).count()) > 0
  }
  await has('upload', '/uploads', (of) => of.getByRole('button', { name: 'Choose files' }))
  await has('undo', '/uploads', (of) => of.getByRole('button', { name: /^Undo / }))
  await has('restore', '/uploads', (of) => of.getByRole('button', { name: /^Restore /, includeHidden: true }))
  const href = (await page.getByRole('link', { name: 'fleet.xml' }).getAttribute('href')) ?? ''
  await has('undo of one', href, (of) => of.getByRole('button', { name: 'Undo', exact: true }))
  await has('import', '/dispositions', (of) => of.getByRole('button', { name: 'Import' }))
  await has('change a decision', '/dispositions', (of) => of.getByRole('button', { name: /^(Edit|Delete):/ }))
  await has('save groups', '/groups', (of) => of.getByRole('button', { name: /^(Save|Add a group|Remove|Move)/ }))
  await has('edit groups', '/groups', (of) => of.locator('textarea:not([readonly]), input:not([readonly])[maxlength]'))
  await has('name a rule', `/rules/${ID}`, (of) => of.getByRole('textbox', { name: 'Name of this rule' }))
  await has('administer', '/', (of) => of.getByRole('link', { name: 'Admin' }))
  await page.goto('/stacking')
  await rowsOf(page.getByRole('table').first()).first().click()
  await expect(page.getByRole('complementary', { name: 'Stack' })).toBeVisible()
  await has('decide', '/stacking', (of) => of.getByRole('button', { name: 'Decide' }))
  await page.keyboard.press('x')
  // The dialog is loaded when it is opened.
  const opened = page.getByRole('dialog').waitFor({ timeout: 3000 })
  offered['decide by its key'] = await opened.then(
    () => true,
    () => false,
  )
  return offered
}

const all = [
  ...['upload', 'undo', 'restore', 'undo of one', 'import', 'change a decision', 'save groups', 'edit groups'],
  ...['name a rule', 'administer', 'decide', 'decide by its key'],
]
const ofAdmins = ['name a rule', 'administer']

test.beforeAll(async ({ server }) => {
  await server.upload('rule.xml', xmlEvent(1121, `<Data Name='ID'>${ID}</Data>`))
  const { id } = await server.upload(
    'undone.xml',
    xmlEvent(1121, `<Data Name='ID'>${ID}</Data><Data Name='Path'>a</Data>`),
  )
  await fetch(`${server.url}/api/v1/uploads/${id}`, { method: 'DELETE' })
  const json = { 'Content-Type': 'application/json' }
  const decision = {
    ...{ disposition: 'known-good', reason: '', author: 'test', expiresAt: null, scope: null },
    patterns: [{ column: 'Path', step: 'exact', value: 'a', isWildcard: false }],
  }
  const decided = await fetch(`${server.url}/api/v1/dispositions`, {
    ...{ method: 'POST', headers: json, body: JSON.stringify({ decisions: [decision] }) },
  })
  expect(decided.status, await decided.text()).toBeLessThan(300)
  const groups = { groups: [{ name: 'All', patterns: ['*'] }], author: 'test' }
  const { etag } = await server.get<{ etag: string }>('/api/v1/groups')
  const grouped = await fetch(`${server.url}/api/v1/groups`, {
    ...{ method: 'PUT', headers: { ...json, 'If-Match': etag }, body: JSON.stringify(groups) },
  })
  expect(grouped.status, await grouped.text()).toBeLessThan(300)
  for (const role of ['admin', 'analyst', 'viewer']) cookies[role] = await signedIn(server, role, role)
})

test('a viewer is offered nothing that the server would refuse, and the page says who can do it', async ({
  browser,
  server,
}) => {
  const page = await open(browser, server, 'viewer')
  expect(await offers(page)).toEqual(Object.fromEntries(all.map((name) => [name, false])))
  await page.goto('/uploads')
  await expect(page.getByText('Your role does not include uploading logs.')).toBeVisible()
  await page.goto('/groups')
  await expect(page.getByText('Your role does not include changing host groups.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('All')
  await page.goto('/dispositions')
  await page.getByRole('button', { name: /^History:/ }).click()
  await expect(page.getByRole('dialog').getByText('by test')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('button', { name: /^(Undo|Restore)/ })).toHaveCount(0)
  // Exports are reading.
  await expect(page.getByRole('link', { name: 'Export' })).toHaveCount(1)
})

test('an analyst is offered all but administration and names of rules, an administrator everything', async ({
  browser,
  server,
}) => {
  const analyst = await open(browser, server, 'analyst')
  expect(await offers(analyst)).toEqual(Object.fromEntries(all.map((name) => [name, !ofAdmins.includes(name)])))
  const admin = await open(browser, server, 'admin')
  expect(await offers(admin)).toEqual(Object.fromEntries(all.map((name) => [name, true])))
})

test('a wall on a display token has no export, and no link to another screen', async ({ browser, server }) => {
  const made = await fetch(`${server.url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie: cookies.admin ?? '', origin: server.url },
    body: JSON.stringify({ name: 'wall', scope: 'display' }),
  })
  const { secret } = (await made.json()) as { secret: string }
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto(`/display#${secret}`)
  await expect(page).toHaveURL(`${server.url}/wall`)
  await page.mouse.move(100, 100)
  await expect(page.getByRole('region', { name: 'Controls of the wall' })).toBeVisible()
  const links = await page.getByRole('link').evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
  expect(links.filter((href) => !href.startsWith('/wall'))).toEqual([])
  await expect(page.locator('[download]')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Export|Decide|Undo/ })).toHaveCount(0)
})
