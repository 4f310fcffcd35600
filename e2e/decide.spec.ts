import type { Locator, Page } from '@playwright/test'
import { fleetLines, logOf } from './fixtures/fleet.ts'
import { needles, panelOf, rowOf, stacks, storm } from './fixtures/needles.ts'
import { expectAccessible } from './fixtures/pages.ts'
import { numberIn, rowsOf } from './fixtures/screen.ts'
import { clearServer, type Server, startServer } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'decide' })

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^Decide / })

/** What tells rows apart, whichever columns are shown: their fields and events. */
const namesOf = (rows: Locator): Promise<string[]> =>
  rows.evaluateAll((all) =>
    all.map((row) =>
      ['ID', 'Process_Name', 'events']
        .map((name) => row.querySelector(`td[data-name=${name}]`)?.textContent)
        .join(' | '),
    ),
  )

/** The rows of what is planted. */
const planted = async (page: Page): Promise<string[]> => {
  const rows = [...Object.values(needles), storm].map((needle) => namesOf(rowOf(page, needle)))
  return (await Promise.all(rows)).flat()
}

test.describe('on a fleet', () => {
  let server: Server
  test.beforeAll(async () => {
    test.setTimeout(120_000)
    server = await startServer()
    await server.upload('fleet.xml', logOf(fleetLines({ dests: 200, days: 30, seed: 11 })))
  })
  test.afterAll(() => clearServer(server))

  test('noise is marked as known good by keyboard alone until only what is planted remains, and all of it is undone', async ({
    page,
  }) => {
    test.slow()
    await page.goto(`${server.url}/stack`, { waitUntil: 'networkidle' })
    const rows = rowsOf(stacks(page))
    const all = await namesOf(rows)
    const wanted = await planted(page)
    const before = await server.get('/api/v1/stack?limit=1000')
    expect(wanted.length).toBeGreaterThanOrEqual(4)
    await expect(async () => {
      await page.keyboard.press('k')
      await expect(rows.first()).toBeFocused({ timeout: 500 })
    }).toPass()
    for (const text of all) {
      if (!wanted.includes(text)) await page.keyboard.press(' ')
      await page.keyboard.press('j')
    }
    const noise = all.length - wanted.length
    await expect(page.getByRole('region', { name: 'Selected rows' })).toContainText(`${noise} rows selected`)
    await page.keyboard.press('x')
    await expect(dialogOf(page)).toContainText(`Decide ${noise} stacks`)
    await expect(dialogOf(page).getByRole('radio', { name: 'Known good' })).toBeChecked()
    const name = dialogOf(page).getByLabel('Your name')
    for (let press = 0; press < 20 && !(await name.evaluate((own) => own === document.activeElement)); press += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.type('jane')
    await expect(dialogOf(page)).toContainText(/Matches [\d\s]+ stacks/, { timeout: 60_000 })
    await expect(dialogOf(page).getByRole('button', { name: `Make ${noise} decisions` })).toBeEnabled()
    await page.keyboard.press('Enter')
    await expect(dialogOf(page)).toContainText(`${noise} decisions made`)
    await page.keyboard.press('Escape')

    await page.goto(`${server.url}/stack?dispositions=hide`)
    await expect(rows).toHaveCount(wanted.length)
    expect((await namesOf(rows)).toSorted()).toEqual(wanted.toSorted())
    await expect(page.getByRole('main')).toContainText(new RegExp(`${noise} stacks .*hidden by ${noise} dispositions`))
    // Nothing is hidden that is not counted.
    const {
      events,
      hidden,
      rows: left,
    } = await server.get<{
      events: number
      hidden: { events: number }
      rows: { events: number }[]
    }>('/api/v1/stack?dispositions=hide')
    expect(left.reduce((sum, row) => sum + row.events, 0) + hidden.events).toBe(events)

    const made = await server.get<{ rows: { id: string }[] }>('/api/v1/dispositions?limit=200')
    expect(made.rows).toHaveLength(noise)
    for (const { id } of made.rows)
      expect(
        (await page.request.delete(`${server.url}/api/v1/dispositions/${id}`, { data: { author: 'jane' } })).status(),
      ).toBe(204)
    expect(await server.get('/api/v1/stack?limit=1000')).toEqual(before)
  })
})

test('a stack is decided from its panel, listed with what it matches, and undone', async ({ page, server }) => {
  await page.goto('/stack', { waitUntil: 'networkidle' })
  const row = rowsOf(stacks(page)).nth(2)
  const events = numberIn(await row.locator('td[data-name=events]').innerText())
  await row.click()
  await panelOf(page).getByRole('button', { name: 'Decide' }).click()
  await dialogOf(page).getByRole('radio', { name: 'Suspicious' }).check()
  await dialogOf(page).getByLabel('Reason').fill('=cmd|<img src=x>')
  await dialogOf(page).getByLabel('Your name').fill('jane')
  await expectAccessible(page, 'the dialog', 'dialog')
  await dialogOf(page).getByRole('button', { name: 'Decide', exact: true }).click()
  await expect(dialogOf(page)).toContainText('1 decision made')
  await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).last().click()

  // Suspicious never hides.
  const { hidden } = await server.get<{ hidden: { events: number } }>('/api/v1/stack?dispositions=hide')
  expect(hidden.events).toBe(0)
  await page.goto('/dispositions')
  const decision = rowsOf(page.getByRole('table')).first()
  await expect(decision).toContainText('Suspicious')
  await expect(decision).toContainText('=cmd|<img src=x>')
  await expect(decision.getByRole('cell', { name: String(events), exact: true })).not.toHaveCount(0)
  await expectAccessible(page, '/dispositions with a decision')
  await page.getByRole('button', { name: /^History and undo/ }).click()
  await expect(page.getByRole('dialog')).toContainText('jane')
  await page.getByRole('dialog').getByRole('button', { name: /^Undo/ }).first().click()
  await expect(page.getByRole('main')).toContainText('Nothing has been decided yet')
})

test('host groups are edited, counted and stacked by', async ({ page, server }) => {
  await page.goto('/groups', { waitUntil: 'networkidle' })
  const { rows } = await server.get<{ rows: { dest: string }[] }>('/api/v1/hosts?limit=1')
  await page.getByRole('button', { name: 'Add a group' }).click()
  await page.getByLabel('Name', { exact: true }).fill('First ring')
  await page.getByLabel(/Patterns/).fill(rows[0]?.dest ?? '')
  await page.getByLabel(/Your name/).fill('jane')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('main')).toContainText('1 host.')
  await expectAccessible(page, '/groups with a group')
  await page.goto('/stack?by=group')
  await expect(rowsOf(stacks(page)).filter({ hasText: 'First ring' })).toContainText('1 of / 12')
})
