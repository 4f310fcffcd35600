import type { Locator, Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from './fixtures/pages.ts'
import { cellsOf, columnOf, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'tables', holds: 'sample' })

const tableOn = (page: Page): Locator => page.getByRole('table').first()

/** Of each cell of a column: whether a part of it is cut, its text, and what of its file name is cut. */
const cuts = (table: Locator, column: string) =>
  table.locator(`tbody td[data-name=${column}]`).evaluateAll((cells) =>
    cells.map((cell) => {
      const parts = [...cell.querySelectorAll('.truncate')]
      const isCut = (part: Element | undefined) => part !== undefined && part.scrollWidth > part.clientWidth
      return { isCut: parts.some(isCut), isEndCut: isCut(parts.at(-1)), room: cell.clientWidth }
    }),
  )

for (const path of ['/stacking', '/audit', '/block']) {
  test(`${path} at 1440×900: 60 of 100 paths uncut, file names complete, 27 rows of one line`, async ({ page }) => {
    await page.goto(path)
    const table = tableOn(page)
    await expect(rowsOf(table)).toHaveCount(100)
    await page.evaluate(() => document.fonts.ready)
    const paths = await cuts(table, 'Path')
    // What has no Path has nothing to cut: it does not count as shown whole.
    const rows = await columnOf(table, 'Path')
    expect(paths.filter(({ isCut }) => !isCut).length).toBeGreaterThanOrEqual(60)
    expect(
      rows.filter((text, index) => text !== 'NULL' && paths[index]?.isCut === false).length,
    ).toBeGreaterThanOrEqual(60)
    for (const column of ['Path', 'Process_Name'])
      expect(
        (await cuts(table, column)).filter(({ isEndCut }) => isEndCut),
        column,
      ).toEqual([])
    const heights = await rowsOf(table).evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height))
    expect(new Set(heights).size).toBe(1)
    const { bottom } =
      (await page
        .getByRole('navigation', { name: 'Pages' })
        .boundingBox()
        .then((box) => ({ bottom: box?.y }))) ?? {}
    const inSight = await rowsOf(table).evaluateAll(
      (all, end) => all.filter((row) => row.getBoundingClientRect().bottom <= (end ?? 0)).length,
      bottom,
    )
    expect(inSight).toBeGreaterThanOrEqual(27)
    // The first label of a host is not cut as long as there is a domain to cut.
    const names = await table
      .locator('tbody td[data-name=dest] a > .truncate:first-child')
      .evaluateAll((parts) =>
        parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent),
      )
    expect(names).toEqual([])
  })
}

test('a host at 1440×900 has 18 rows in sight, on those with the most events and on those with the most to look at', async ({
  page,
  server,
}) => {
  test.slow()
  const destsOf = async (path: string) => (await server.get<{ rows: { dest: string }[] }>(path)).rows
  const { clearedLogs } = await server.get<{ clearedLogs: { dest: string }[] }>('/api/v1/wall?anchor=newest')
  const lists = await Promise.all(
    ['hosts?sort=-events', 'hosts?sort=-changed'].map((list) => destsOf(`/api/v1/${list}&limit=10`)),
  )
  const noted = new Set<string>()
  for (const dest of new Set([...clearedLogs, ...lists.flat()].map(({ dest }) => dest))) {
    await page.goto(`/hosts/${encodeURIComponent(dest)}`)
    const table = tableOn(page)
    await expect(rowsOf(table).first()).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    const bottoms = await rowsOf(table).evaluateAll((all) => all.map((row) => row.getBoundingClientRect().bottom))
    // One that has fewer stacks shows all of them.
    const expected = Math.min(18, bottoms.length)
    expect(bottoms.filter((bottom) => bottom <= 900).length, dest).toBeGreaterThanOrEqual(expected)
    for (const note of await page.getByRole('list', { name: 'To look at' }).getByRole('listitem').allInnerTexts())
      noted.add(
        /^(Last change|Disabled|Weakened|Log cleared|[\d,]+ silence)/.exec(note)?.[1]?.replace(/^\S+ s/, 's') ?? note,
      )
  }
  // Every kind of note was among them; whether a host's last change lowered nothing depends on the hour at which the fleet was made.
  noted.delete('Last change')
  expect([...noted].sort()).toEqual(['Disabled', 'Log cleared', 'Weakened', 'silence'])
})

test('a cut cell shows its complete value on hover and on focus, and Escape hides it', async ({ page, server }) => {
  const { rows } = await server.get<{ rows: Record<string, string>[] }>('/api/v1/stacking?limit=100')
  await page.clock.install()
  await page.goto('/stacking')
  const table = tableOn(page)
  const tip = page.getByRole('tooltip')
  const first = rowsOf(table).first()
  const parent = first.locator('td[data-name=Parent_Commandline]')
  await expect(async () => {
    await page.mouse.move(0, 0)
    await parent.hover()
    await expect(tip).toHaveText(rows[0]?.Parent_Commandline ?? '', { timeout: 1000 })
  }).toPass()
  // It stays while the pointer is on it, so that it can be read and marked.
  await tip.hover()
  await page.clock.runFor(600)
  await expect(tip).toHaveText(rows[0]?.Parent_Commandline ?? '')
  await page.keyboard.press('Escape')
  await expect(tip).toHaveCount(0)

  // A path that is shown whole needs no tooltip; a code has its words.
  const whole = (await cuts(table, 'Path')).findIndex(({ isCut }) => !isCut)
  await rowsOf(table).nth(whole).locator('td[data-name=Path]').hover()
  await page.clock.runFor(600)
  await expect(tip).toHaveCount(0)
  await first.locator('td[data-name=EventCode]').hover()
  await expect(tip).toContainText(/^11\d\d (Audit|Block)/)
  await page.mouse.move(0, 0)
  await expect(tip).toHaveCount(0)

  await page.keyboard.press('j')
  await expect(first).toBeFocused()
  await expect(tip).toContainText(rows[0]?.Parent_Commandline ?? '')
  await expect(tip).toContainText(/firstTime – lastTime\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC/)
  await expectAccessible(page, 'the tooltip of a row', '[role=tooltip]')
  await page.keyboard.press('Escape')
  await expect(tip).toHaveCount(0)
  await expect(first).toBeFocused()
  await page.keyboard.press('j')
  await expect(tip).toContainText(rows[1]?.Parent_Commandline ?? '')
})

test('the tooltip of a cell leaves the way to the row below free', async ({ page }) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const rows = rowsOf(tableOn(page))
  const tip = page.getByRole('tooltip')
  for (const share of [0.1, 0.9]) {
    const box = await rows.first().locator('td[data-name=Parent_Commandline]').boundingBox()
    if (box === null) throw new Error('The first row has no command line.')
    const [x, y] = [box.x + box.width * share, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await expect(tip).toBeVisible()
    await page.mouse.move(x, y + box.height, { steps: 8 })
    await page.mouse.click(x, y + box.height)
    await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
    await page.getByRole('complementary', { name: 'Stack' }).getByRole('button', { name: 'Close' }).click()
    await expect(rows.nth(1)).not.toHaveAttribute('aria-current', 'true')
  }
})

test('a configuration change is a sentence in every table, never NULL after NULL', async ({ page, server }) => {
  await page.goto('/registry')
  const changes = await columnOf(tableOn(page), 'Change')
  expect(changes).toContain('Exclusion added: C:\\Users\\Publicweakened')
  expect(changes).toContain('LSASS credential theft: Block → Disabled')
  for (const path of ['/stacking?EventCode=5007&limit=200', '/events?EventCode=5007&limit=200']) {
    await page.goto(path)
    const rows = await cellsOf(tableOn(page))
    expect(
      rows.filter((cells) => cells.includes('NULL')),
      path,
    ).toEqual([])
    expect(rows.flat().join('\n'), path).toMatch(/IsServiceRunning(:| \(\d+\);)/)
  }
  // The stacks say what their events do: of several kinds, how many of each.
  await page.goto('/stacking?EventCode=5007&limit=200')
  const { rows } = await server.get<{ rows: { count: number }[] }>('/api/v1/stacking?EventCode=5007&limit=200')
  const sums = (await cellsOf(tableOn(page))).map((cells) =>
    cells.find((cell) => / configuration changes: /.test(cell)),
  )
  for (const [index, sum] of sums.entries())
    if (sum !== undefined) expect(sum).toMatch(new RegExp(`^${rows[index]?.count} configuration changes: `))
  expect(sums.filter((sum) => sum?.includes('1 exclusion')).length).toBeGreaterThan(0)
  await rowsOf(tableOn(page)).first().locator('td[data-name=count]').click()
  const panel = page.getByRole('complementary', { name: 'Stack' })
  await expect(panel.getByRole('region', { name: 'Newest events' })).toContainText(/ → /)
  await expect(panel.getByText('NULL')).toHaveCount(0)
})

test('on a phone 25 cards are shown at a time, and the controls take less than 120 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/stacking', '/audit', '/block', '/registry', '/events']) {
    await page.goto(path)
    const cards = rowsOf(tableOn(page)).filter({ visible: true })
    const top = await cards.first().boundingBox()
    expect.soft(top?.y, path).toBeLessThan(120)
    await expectNoSidewaysScroll(page, path)
    await page.goto(`${path}?from=2026-11-01&to=2026-11-02`)
    await expectNoSidewaysScroll(page, `${path} with a range`)
    if (path !== '/registry') await expect(cards, path).toHaveCount(25)
  }
  await page.goto('/stacking?limit=30')
  const cards = rowsOf(tableOn(page)).filter({ visible: true })
  await expect(async () => {
    const more = page.getByRole('button', { name: 'Show 5 more of 30 on this page' })
    // Until the page runs a click does nothing.
    if (await more.isVisible()) await more.click({ timeout: 500 })
    await expect(cards).toHaveCount(30, { timeout: 1000 })
  }).toPass()
  // The button is gone; the focus is on the first card that it has shown.
  await expect(cards.nth(25)).toBeFocused()
  await expectAccessible(page, 'cards on a phone', 'tbody tr:nth-child(-n + 3)')
})

test('a filter keeps the end of a path', async ({ page }) => {
  const path = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\some\\more\\folders\\here\\powershell.exe'
  await page.goto(`/stacking?Path=${encodeURIComponent(`=${path}`)}`)
  const chip = page.getByRole('list', { name: 'Filters' }).first().getByRole('listitem')
  await expect(chip).toBeVisible()
  const end = chip.locator('.truncate').last()
  expect(await end.evaluate((part) => part.scrollWidth <= part.clientWidth)).toBe(true)
  await expect(end).toContainText('powershell.exe')
})
