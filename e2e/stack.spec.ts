import type { Page } from '@playwright/test'
import { isOurs } from './fixtures/fleet.ts'
import { panelOf, stacks } from './fixtures/needles.ts'
import { expectAccessible, expectNoSidewaysScroll, openScreen } from './fixtures/pages.ts'
import { cellsOf, clipboard, numberIn, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test('a link to what is on screen shows the same rows and the same stack in another browser', async ({
  browser,
  page,
  server,
}) => {
  await page.goto('/stack?by=ID,Process_Name.name,User&maxHosts=3&sort=-activeDays,events&limit=50')
  await rowsOf(stacks(page)).nth(4).click()
  await expect(panelOf(page).getByRole('region', { name: 'Users' })).toBeVisible()
  await page.getByRole('button', { name: 'Copy link' }).click()
  const context = await browser.newContext({ baseURL: server.url })
  const other = await context.newPage()
  await other.goto(await clipboard(page))
  await expect(rowsOf(stacks(other)).first()).toBeVisible()
  expect(await cellsOf(stacks(other))).toEqual(await cellsOf(stacks(page)))
  await expect(panelOf(other)).toHaveText((await panelOf(page).textContent()) ?? '')
  await context.close()
})

test('fields are chosen, added and moved, and every grouping has all events', async ({ page, fleet }) => {
  const ours = fleet.filter(isOurs).length
  const sums = async () => {
    const counts = (await rowsOf(stacks(page)).locator('td[data-name=events]').allInnerTexts()).map(numberIn)
    return counts.reduce((sum, count) => sum + count, 0)
  }
  await page.goto('/stack?limit=1000', { waitUntil: 'networkidle' })
  expect(await sums()).toBe(ours)
  await page.getByRole('button', { name: 'Stack by: Rule × process' }).click()
  await page.getByRole('menuitem', { name: 'User × process' }).click()
  await expect(stacks(page).getByRole('columnheader').first()).toContainText('User')
  expect(await sums()).toBe(ours)
  await page.getByRole('button', { name: 'Field', exact: true }).press('Enter')
  await page.keyboard.type('mo')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/by=User%2CProcess_Name.normalised%2Cmode/)
  await expect(stacks(page).getByRole('columnheader', { name: 'mode', exact: true })).toBeVisible()
  expect(await sums()).toBe(ours)
  await page.getByRole('link', { name: 'Move mode to the left' }).press('Enter')
  await expect(page).toHaveURL(/by=User%2Cmode%2CProcess_Name.normalised/)
  await page.getByRole('link', { name: 'Process_Name coarser: folder' }).click()
  await expect(page).toHaveURL(/by=User%2Cmode%2CProcess_Name.folder/)
  await expect(page.getByRole('list', { name: 'Fields' })).toContainText('folder')
  await page.getByRole('link', { name: 'Remove User' }).click()
  await expect(stacks(page).getByRole('columnheader').first()).toContainText('mode')
  expect(await sums()).toBe(ours)
})

test('limits are typed in their place, and what they leave out is one click away', async ({ page }) => {
  await page.goto('/stack?by=ID,Path', { waitUntil: 'networkidle' })
  const place = page.getByRole('navigation', { name: 'Pages' })
  const all = (await place.innerText()).split(' of ')[1]?.split('\n')[0]
  await page.getByRole('spinbutton', { name: 'At most hosts' }).fill('1')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/maxHosts=1/)
  await expect(stacks(page)).toBeVisible()
  for (const hosts of await rowsOf(stacks(page)).locator('td[data-name=hosts]').allInnerTexts())
    expect(hosts).toMatch(/^1\D/)
  await expect(page.getByText(/\d+ stacks? with [\d\u202f]+ events? left out/)).toBeVisible()
  await page.getByRole('link', { name: 'show', exact: true }).click()
  await expect(page).toHaveURL(/\/stack\?by=ID%2CPath$/)
  await expect(place).toContainText(all ?? '')
})

test('a merged value narrows the stacks, which then fall apart into its variants, and what is in the panel leads on', async ({
  page,
}) => {
  await page.goto('/stack?by=Path.folder,ID&sort=-variants&limit=25', { waitUntil: 'networkidle' })
  const rows = rowsOf(stacks(page))
  const folder = await rows.first().locator('td[data-name=Path]').innerText()
  const events = numberIn(await rows.first().locator('td[data-name=events]').innerText())
  await rows.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('m')
  await page.getByRole('menuitem', { name: 'Only this' }).click()
  await expect(page).toHaveURL(/Path\.folder=/)
  for (const text of await rows.locator('td[data-name=Path]').allInnerTexts()) expect(text).toBe(folder)
  await page.getByRole('link', { name: 'Path finer: normalised' }).click()
  await expect(page).toHaveURL(/by=Path\.normalised/)
  await page.getByRole('link', { name: 'Path finer: exact' }).click()
  await expect(page).toHaveURL(/by=Path(,|%2C)ID/)
  await page.getByRole('link', { name: 'Remove ID' }).click()
  await expect(page).toHaveURL(/by=Path(&|$)/)
  const counts = (await rows.locator('td[data-name=events]').allInnerTexts()).map(numberIn)
  expect(counts.length).toBeGreaterThan(1)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(events)

  await rows.first().click()
  const hosts = panelOf(page).getByRole('region', { name: 'Hosts' })
  await hosts
    .getByRole('button', { name: /^More for / })
    .first()
    .click()
  await expect(page.getByRole('menuitem', { name: 'All events on this host' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toBeVisible()
  await panelOf(page).getByRole('button', { name: 'Raw fields' }).first().click()
  await panelOf(page)
    .getByRole('button', { name: /^More for User( SID)?$/i })
    .first()
    .click()
  await expect(page.getByRole('menuitem', { name: 'Contains…' })).toBeVisible()
  await page.keyboard.press('Escape')
  const event = panelOf(page).getByRole('region', { name: 'Events', exact: true })
  await event
    .getByRole('button', { name: / at \d{4}-/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: '± 15 minutes on this host' }).click()
  await expect(page).toHaveURL(/\/events\?from=.*&to=.*&dest=/)
  await expect(rowsOf(page.getByRole('table')).first()).toBeVisible()
})

test('a hint is chosen, shown and dropped, and stacks are sorted by how many they have', async ({ page }) => {
  await page.goto('/stack?by=ID,Path', { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Hint…' }).click()
  await page.getByRole('menuitem', { name: 'Temp', exact: true }).click()
  await expect(page).toHaveURL(/hint=temp/)
  await expect(page.getByRole('button', { name: 'Hint: Temp' })).toBeVisible()
  for (const hints of await rowsOf(stacks(page)).locator('td[data-name=hints]').allInnerTexts())
    expect(hints).toContain('Temp')
  await page.getByRole('link', { name: 'Drop the hint Temp' }).click()
  await expect(page).not.toHaveURL(/hint=/)
  await stacks(page).getByRole('columnheader').getByRole('link', { name: 'hints' }).click()
  await expect(page).toHaveURL(/sort=-hints/)
  await expect(rowsOf(stacks(page)).first().locator('td[data-name=hints]')).toContainText(',')
})

test('an export has exactly the rows of the view, by the key e', async ({ page }) => {
  await page.goto('/stack?by=dest,Path.name&maxEvents=2&sort=-lastTime&limit=1000', { waitUntil: 'networkidle' })
  const shown = (await cellsOf(stacks(page))).map(([dest]) => dest)
  await page.keyboard.press('e')
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    menu.getByRole('menuitem', { name: 'NDJSON, columns shown' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const rows = Buffer.concat(chunks)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { dest: string })
  expect(rows.map(({ dest }) => dest)).toEqual(shown)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a stack open next to the table is accessible in the ${colorScheme} theme, also on a narrow screen`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openScreen(page, '/stack?sort=-events&limit=25&since=2020-01-01')
    await rowsOf(stacks(page)).first().click()
    await expect(panelOf(page).getByRole('region', { name: 'Users' })).toBeVisible()
    await panelOf(page).getByRole('button', { name: 'Raw fields' }).first().click()
    await expect(panelOf(page).getByRole('region', { name: 'System' })).toBeVisible()
    await expectAccessible(page, 'a stack open next to the table')
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSidewaysScroll(page, 'a stack on a narrow screen')
  })
}

/** Opens a page whose scripts come only when what it returns is called. */
async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.unrouteAll()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  await expect(rowsOf(stacks(page)).nth(3)).toBeVisible()
  return release
}

test('keys that are pressed before the page runs are not lost', async ({ page }) => {
  const run = await openWithoutScripts(page, '/stack?limit=25')
  for (const key of ['j', 'j', 'k', 'j', 'Enter']) await page.keyboard.press(key)
  await expect(panelOf(page)).toHaveCount(0)
  run()
  await expect(rowsOf(stacks(page)).nth(1)).toHaveAttribute('aria-current', 'true')
  await expect(panelOf(page)).toBeFocused()

  const runAgain = await openWithoutScripts(page, '/stack?limit=25')
  for (const key of ['x', 'g', 'h']) await page.keyboard.press(key)
  runAgain()
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts', exact: true })).toBeVisible()
})
