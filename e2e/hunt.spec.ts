import type { Locator, Page } from '@playwright/test'
import { fleetLines, logOf } from './fixtures/fleet.ts'
import {
  namesOf,
  needles,
  openByClick,
  panelOf,
  planted,
  pressUntil,
  rowOf,
  stacks,
  storm,
} from './fixtures/needles.ts'
import { numberIn, rowsOf } from './fixtures/screen.ts'
import { clearServer, type Server, startServer } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^Decide / })
const selectedOf = (page: Page): Locator => page.getByRole('region', { name: 'Selected rows' })
const hideOf = (page: Page): Locator => page.getByRole('link', { name: 'Hide what is decided' })

type Noise = { wanted: string[]; runs: { from: number; to: number }[]; count: number }

/** The rows of what is planted, and the others: how many, and the first and last of each run of them. */
async function noiseOf(page: Page): Promise<Noise> {
  const all = await namesOf(rowsOf(stacks(page)))
  const wanted = await planted(page)
  expect(wanted.length).toBeGreaterThanOrEqual(4)
  const runs: Noise['runs'] = []
  for (const [at, text] of all.entries()) {
    if (wanted.includes(text)) continue
    const last = runs.at(-1)
    if (last?.to === at - 1) last.to = at
    else runs.push({ from: at, to: at })
  }
  return { wanted, runs, count: all.length - wanted.length }
}

/** Checks that only what is planted is left, and that nothing is hidden that is not counted. */
async function expectOnlyPlanted(page: Page, server: Server, { wanted, count }: Noise): Promise<void> {
  const rows = rowsOf(stacks(page))
  await expect(rows).toHaveCount(wanted.length)
  expect((await namesOf(rows)).toSorted()).toEqual(wanted.toSorted())
  await expect(page.getByRole('main')).toContainText(new RegExp(`${count} stacks .*hidden by ${count} dispositions`))
  const found = await server.get<{ events: number; hidden: { events: number }; rows: { events: number }[] }>(
    '/api/v1/stack?dispositions=hide',
  )
  expect(found.rows.reduce((sum, { events }) => sum + events, 0) + found.hidden.events).toBe(found.events)
}

async function deleteDecisions(page: Page, server: Server, count: number): Promise<void> {
  const { rows } = await server.get<{ rows: { id: string }[] }>('/api/v1/dispositions?limit=200')
  expect(rows).toHaveLength(count)
  for (const { id } of rows) {
    const path = `${server.url}/api/v1/dispositions/${id}`
    expect((await page.request.delete(path, { data: { author: 'jane' } })).status()).toBe(204)
  }
}

// The last seed is not one that the page was developed with.
for (const seed of [7, 11, 1234]) {
  test.describe(`on the fleet of seed ${seed}`, () => {
    let server: Server
    test.beforeAll(async () => {
      test.setTimeout(120_000)
      server = await startServer()
      await server.upload('fleet.xml', logOf(fleetLines({ dests: 200, days: 30, seed })))
    })
    test.afterAll(() => clearServer(server))

    test('the needles are on the first screen, and each is found in at most 4 clicks without typing', async ({
      page,
    }) => {
      for (const [name, needle] of Object.entries(needles)) {
        await page.goto(`${server.url}/stack`)
        const row = rowOf(page, needle)
        await expect(row, name).toBeInViewport()
        await openByClick(page, row)
        await expect(panelOf(page), name).toContainText(needle.member)
      }
      await page.goto(`${server.url}/stack`)
      await stacks(page).getByRole('columnheader').getByRole('link', { name: 'events' }).click()
      await expect(page).toHaveURL(/sort=-events/)
      const row = rowOf(page, storm)
      await expect(row).toBeInViewport()
      await openByClick(page, row)
      await expect(panelOf(page)).toContainText(storm.member)
      // A release is bad for hours, not for days.
      expect(numberIn(await row.locator('td[data-name=events]').innerText())).toBeGreaterThan(100)
      expect(numberIn(await row.locator('td[data-name=activeDays]').innerText())).toBeLessThan(3)
    })

    test('the needles are found by keyboard alone', async ({ page }) => {
      test.slow()
      for (const [name, needle] of Object.entries(needles)) {
        await page.goto(`${server.url}/stack`)
        await pressUntil(page, 'j', rowOf(page, needle))
        await page.keyboard.press('Enter')
        await expect(panelOf(page)).toBeFocused()
        await expect(panelOf(page), name).toContainText(needle.member)
        await page.keyboard.press('Escape')
        await expect(rowOf(page, needle)).toBeFocused()
      }
      const order = stacks(page).getByRole('columnheader').getByRole('link', { name: 'events' })
      await pressUntil(page, 'Shift+Tab', order)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/sort=-events/)
      await expect(stacks(page).getByRole('columnheader', { name: 'events' })).toHaveAttribute(
        'aria-sort',
        'descending',
      )
      await pressUntil(page, 'j', rowOf(page, storm))
      await page.keyboard.press('Enter')
      await expect(panelOf(page)).toContainText(storm.member)
    })

    test('noise is marked as known good by clicks until only what is planted remains, and all of it is undone', async ({
      page,
    }) => {
      await page.goto(`${server.url}/stack`, { waitUntil: 'networkidle' })
      const before = await server.get('/api/v1/stack?limit=1000')
      const noise = await noiseOf(page)
      const select = async (at: number, modifiers: 'Shift'[]) => {
        const cell = rowsOf(stacks(page)).nth(at).locator('td[data-name=events]')
        await cell.scrollIntoViewIfNeeded()
        await cell.hover()
        await page.getByRole('button', { name: 'Select this row' }).click({ modifiers })
      }
      for (const { from, to } of noise.runs) {
        await select(from, [])
        if (to > from) await select(to, ['Shift'])
      }
      await expect(selectedOf(page)).toContainText(`${noise.count} rows selected`)
      await selectedOf(page).getByRole('button', { name: 'Decide' }).click()
      const dialog = dialogOf(page)
      await expect(dialog.getByRole('radio', { name: 'Known good' })).toBeChecked()
      await dialog.getByLabel('Your name').fill('jane')
      await expect(dialog).toContainText(/Matches [\d\s]+ stacks/)
      await dialog.getByRole('button', { name: `Make ${noise.count} decisions` }).click()
      await expect(dialog).toContainText(`${noise.count} decisions made`)
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
      await hideOf(page).click()
      await expectOnlyPlanted(page, server, noise)
      await deleteDecisions(page, server, noise.count)
      expect(await server.get('/api/v1/stack?limit=1000')).toEqual(before)
    })

    test('noise is marked as known good by keyboard alone until only what is planted remains', async ({ page }) => {
      await page.goto(`${server.url}/stack`, { waitUntil: 'networkidle' })
      const noise = await noiseOf(page)
      await pressUntil(page, 'k', rowsOf(stacks(page)).first())
      let at = 0
      for (const { from, to } of noise.runs) {
        for (; at < from; at += 1) await page.keyboard.press('j')
        await page.keyboard.press(' ')
        for (; at < to; at += 1) await page.keyboard.press('Shift+J')
      }
      await expect(selectedOf(page)).toContainText(`${noise.count} rows selected`)
      await page.keyboard.press('x')
      const dialog = dialogOf(page)
      await expect(dialog).toContainText(`Decide ${noise.count} stacks`)
      await pressUntil(page, 'Tab', dialog.getByLabel('Your name'))
      await page.keyboard.type('jane')
      await expect(dialog.getByRole('button', { name: `Make ${noise.count} decisions` })).toBeEnabled()
      await page.keyboard.press('Enter')
      await expect(dialog).toContainText(`${noise.count} decisions made`)
      await page.keyboard.press('Escape')
      await expect(hideOf(page)).toBeVisible()
      await page.keyboard.press('h')
      await expectOnlyPlanted(page, server, noise)
      await deleteDecisions(page, server, noise.count)
    })
  })
}
