import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './fixtures/pages.ts'
import { clipboard, columnOf, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'tables', holds: 'sample' })

const tableOn = (page: Page): Locator => page.getByRole('table').first()

test('columns are resized by pointer and keyboard, remembered for the table, and reset', async ({ page }) => {
  await page.goto('/stacking')
  const table = tableOn(page)
  const handle = table.getByRole('separator', { name: 'Width of Path' })
  const width = async () => Math.round((await table.locator('th[data-name=Path]').boundingBox())?.width ?? 0)
  const usual = await width()
  await expect(async () => {
    await handle.focus()
    await page.keyboard.press('ArrowRight')
    expect(await width()).toBeGreaterThan(usual)
  }).toPass()
  await page.keyboard.press('Enter')
  await expect.poll(width).toBe(usual)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBe(usual + 32)
  await expect(handle).toHaveAttribute('aria-valuenow', String(usual + 32))

  const box = await handle.boundingBox()
  const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 12]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 60, y, { steps: 4 })
  await page.mouse.move(x - 100, y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(width).toBe(usual - 68)
  // The least width of the other columns stays: the table would rather scroll.
  await page.mouse.move(x - 100, y)
  await page.mouse.down()
  await page.mouse.move(x + 500, y, { steps: 4 })
  await page.mouse.up()
  const parent = await table.locator('th[data-name=Parent_Commandline]').boundingBox()
  expect(parent?.width).toBeGreaterThanOrEqual(106)

  await page.reload()
  await expect.poll(width).toBeGreaterThan(usual + 400)
  await page.goto('/block')
  await expect.poll(width).toBe(usual)
  await page.goto('/stacking')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Reset widths' }).click()
  await expect.poll(width).toBe(usual)
})

/** The values of a column in the API, for the address of the page. */
const apiColumn = async (server: { get: <Answer>(path: string) => Promise<Answer> }, page: Page, column: string) => {
  const { pathname, searchParams } = new URL(page.url())
  for (const name of ['cols', 'pin', 'open']) searchParams.delete(name)
  const { rows } = await server.get<{ rows: Record<string, unknown>[] }>(`/api/v1${pathname}?${searchParams}`)
  return rows.map((row) => String(row[column]))
}
const countsOf = async (table: Locator) => (await columnOf(table, 'count')).map((text) => text.replaceAll(/\D/g, ''))

test('a table is sorted by several columns: by Shift with a click or Enter on a head, and by a menu on a phone', async ({
  page,
  server,
}) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const table = tableOn(page)
  const head = (name: string) => table.locator(`th[data-name=${name}]`)
  await head('dest')
    .getByRole('link')
    .click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/sort=-count%2Cdest$/)
  await expect(head('dest')).toContainText('2')
  await expect(head('dest').getByRole('link')).toHaveAccessibleName(/dest 2 in the order, rising/)
  await expect(head('count').getByRole('link')).toHaveAccessibleName(/count 1 in the order, falling/)
  await expect(head('count')).toHaveAttribute('aria-sort', 'descending')
  const counts = await countsOf(table)
  expect(counts).toEqual(await apiColumn(server, page, 'count'))
  // Equal counts are ordered by host.
  const dests = await apiColumn(server, page, 'dest')
  const ties = dests.flatMap((dest, index) =>
    index > 0 && counts[index] === counts[index - 1] ? [[dests[index - 1], dest]] : [],
  )
  expect(ties.length).toBeGreaterThan(3)
  expect(ties.filter(([before = '', after = '']) => before > after)).toEqual([])
  await head('dest').getByRole('link').focus()
  await page.keyboard.press('Shift+Enter')
  await expect(page).toHaveURL(/sort=-count%2C-dest$/)
  await page.keyboard.press('Shift+Enter')
  await expect(page).toHaveURL(/\/stacking$/)
  await expect(head('dest')).not.toContainText('2')

  await page.setViewportSize({ width: 390, height: 844 })
  const order = page.getByRole('button', { name: /^Sort by: / })
  await order.click()
  await page.getByRole('menuitemcheckbox', { name: 'Add to the order' }).click()
  await page.getByRole('menuitem', { name: 'dest, rising', exact: true }).click()
  await expect(page).toHaveURL(/sort=-count%2Cdest$/)
  await expect(order).toHaveText(/count \+ 1$/)
  await order.click()
  await page.getByRole('menuitem', { name: /^Remove 1\. count/ }).click()
  await expect(page).toHaveURL(/sort=dest$/)
})

test('columns are moved by buttons, keys and the pointer, and pinned under sideways scrolling; the URL has it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1100, height: 800 })
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const table = tableOn(page)
  const names = () => table.locator('th').evaluateAll((heads) => heads.map((head) => head.dataset.name))
  const usual = ['dest', 'EventCode', 'ASR_Rule', 'Process_Name', 'Path', 'Parent_Commandline', 'count', 'lastTime']
  expect(await names()).toEqual(usual)
  await page.getByRole('button', { name: 'Columns' }).click()
  const form = page.getByRole('dialog', { name: 'Columns' })
  const left = form.getByRole('button', { name: 'Move Path left' })
  await left.click()
  await expect(left).toBeFocused()
  await page.keyboard.press('Enter')
  await expect
    .poll(names)
    .toEqual(['dest', 'EventCode', 'Path', 'ASR_Rule', ...usual.slice(3).filter((name) => name !== 'Path')])
  await form.getByRole('checkbox', { name: 'Path' }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(form.getByRole('checkbox', { name: 'Path' })).toBeFocused()
  await expect.poll(names).toEqual(['dest', 'EventCode', 'ASR_Rule', 'Path', 'Process_Name', ...usual.slice(5)])
  await expectAccessible(page, 'the list of columns', '[role=dialog]')

  const item = (name: string) =>
    form.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name, exact: true }) })
  const [from, to] = [await item('count').boundingBox(), await item('EventCode').boundingBox()]
  await page.mouse.move((from?.x ?? 0) + 10, (from?.y ?? 0) + 14)
  await page.mouse.down()
  await page.mouse.move((to?.x ?? 0) + 10, (to?.y ?? 0) + 14, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => (await names()).indexOf('count')).toBe(1)

  await form.getByRole('button', { name: 'Pin ASR_Rule at the left' }).click()
  await expect.poll(async () => (await names())[0]).toBe('ASR_Rule')
  await expect(form.getByRole('button', { name: 'Pin ASR_Rule at the left' })).toHaveAttribute('aria-pressed', 'true')
  await form.getByRole('checkbox', { name: 'EventCode' }).uncheck()
  await expect.poll(names).not.toContain('EventCode')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/cols=ASR_Rule.*pin=ASR_Rule/)
  const arranged = await names()

  await page.reload({ waitUntil: 'networkidle' })
  expect(await names()).toEqual(arranged)
  const rule = rowsOf(table).first().locator('td').first()
  const before = await rule.boundingBox()
  const path = rowsOf(table).first().locator('td[data-name=Path]')
  const pathBefore = await path.boundingBox()
  await table.evaluate((element) => element.parentElement?.parentElement?.scrollTo(150, 300))
  await expect
    .poll(async () => Math.round((await path.boundingBox())?.x ?? 0))
    .toBeLessThan(Math.round(pathBefore?.x ?? 0))
  expect((await rule.boundingBox())?.x).toBe(before?.x)
  // The head stays over it, in both directions, and neither shows what is under it.
  const box = await table.locator('th').first().boundingBox()
  const onTop = await page.evaluate(
    ([x, y]) => document.elementFromPoint(x, y)?.closest('th, td')?.getAttribute('data-name'),
    [(box?.x ?? 0) + 40, (box?.y ?? 0) + 10] as const,
  )
  expect(onTop).toBe('ASR_Rule')
  expect(await rule.evaluate((cell) => getComputedStyle(cell).backgroundColor)).not.toMatch(/transparent|, 0\)/)

  await page.getByRole('button', { name: 'Columns' }).click()
  await form.getByRole('button', { name: 'Usual columns' }).click()
  await expect.poll(names).toEqual(usual)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/stacking$/)
})

test('a filter is turned round and edited where it is', async ({ page, server }) => {
  await page.goto('/stacking?Process_Name=*\\powershell.exe', { waitUntil: 'networkidle' })
  const chips = page.getByRole('list', { name: 'Filters' }).first()
  const turn = chips.getByRole('button', { name: /^Leave out Process_Name/ })
  await expect(turn).toHaveAttribute('aria-pressed', 'false')
  await turn.click()
  await expect(page).toHaveURL(/Process_Name=%21\*%5Cpowershell\.exe/)
  await expect(turn).toHaveAttribute('aria-pressed', 'true')
  await expect(chips).toContainText('not')
  await expect
    .poll(async () => (await columnOf(tableOn(page), 'Process_Name')).some((name) => name.endsWith('powershell.exe')))
    .toBe(false)
  await turn.click()
  await expect(page).toHaveURL(/Process_Name=\*%5Cpowershell\.exe/)

  const edit = chips.getByRole('button', { name: /^Edit the filter Process_Name/ })
  const field = chips.getByRole('textbox', { name: 'Filter Process_Name' })
  await edit.press('Enter')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('*\\powershell.exe')
  await page.keyboard.press('Escape')
  await expect(edit).toBeFocused()
  await edit.press('Enter')
  await field.fill('*\\cmd.exe')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/Process_Name=\*%5Ccmd\.exe$/)
  const { total } = await server.get<{ total: number }>('/api/v1/stacking?Process_Name=*%5Ccmd.exe')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`of ${total} `)
  await expectAccessible(page, 'filters that can be edited', 'ul[aria-label=Filters]')
})

test('the menu of a cell is beside its text', async ({ page }) => {
  await page.goto('/stacking')
  const row = rowsOf(tableOn(page)).first()
  for (const column of ['dest', 'ASR_Rule', 'Process_Name', 'Path', 'Parent_Commandline', 'count', 'lastTime']) {
    const cell = row.locator(`td[data-name=${column}]`)
    await cell.hover()
    const button = page.getByRole('button', { name: `${column}: only this, not this, copy` })
    await expect(button).toBeVisible()
    const box = await button.boundingBox()
    const covered = await row.evaluate(
      (element, { left, right }) => {
        const inside: string[] = []
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const holder = node.parentElement
          if (holder === null || holder.closest('.sr-only') !== null) continue
          const range = document.createRange()
          range.selectNodeContents(node)
          const text = range.getBoundingClientRect()
          const clip = (holder.closest('.truncate') ?? holder).getBoundingClientRect()
          const [from, to] = [Math.max(text.left, clip.left), Math.min(text.right, clip.right)]
          if (from < right - 0.5 && to > left + 0.5 && to > from) inside.push(node.textContent ?? '')
        }
        return inside
      },
      { left: box?.x ?? 0, right: (box?.x ?? 0) + (box?.width ?? 0) },
    )
    expect(covered, column).toEqual([])
  }
})

/** The menu of a cell, opened with the pointer. */
async function cellMenu(page: Page, cell: Locator): Promise<Locator> {
  await cell.hover()
  await page.getByRole('button', { name: /: only this, not this, copy$/ }).click()
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  return menu
}

test('the menu of a cell leads on from its value, its host and its time, and covers neither', async ({
  page,
  server,
}) => {
  const { rows } = await server.get<{ rows: Record<string, string>[] }>(
    '/api/v1/stacking?EventCode=1121&last=7d&anchor=newest',
  )
  const index = rows.findIndex(({ Path = 'NULL', Process_Name = 'NULL' }) => Path !== 'NULL' && Process_Name !== 'NULL')
  const given = rows[index]
  if (given === undefined) throw new Error('No blocked stack has a path.')
  await page.goto('/stacking?EventCode=1121&last=7d&anchor=newest', { waitUntil: 'networkidle' })
  const row = rowsOf(tableOn(page)).nth(index)
  const menu = await cellMenu(page, row.locator('td[data-name=Path]'))
  const [line, box] = [await row.boundingBox(), await menu.boundingBox()]
  const isApart = (box?.y ?? 0) >= (line?.y ?? 0) + 26 || (box?.y ?? 0) + (box?.height ?? 0) <= (line?.y ?? 0)
  expect(isApart, 'the menu covers no text of its row').toBe(true)
  await expectAccessible(page, 'the menu of a cell', '[role=menu]')
  const target = async (name: string) => {
    const href = await menu.getByRole('menuitem', { name, exact: true }).getAttribute('href')
    const { pathname, searchParams } = new URL(href ?? '', server.url)
    return {
      pathname,
      asked: Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)])),
    }
  }
  const { dest, Path, ID } = given
  expect(await target('Only this')).toMatchObject({ pathname: '/stacking', asked: { Path: [Path] } })
  expect(await target('Not this')).toMatchObject({ pathname: '/stacking', asked: { Path: [`!${Path}`] } })
  const stacked = await target('Stack by Path')
  expect(stacked).toMatchObject({
    pathname: '/stack',
    asked: { by: ['Path'], EventCode: ['1121'], last: ['7d'], anchor: ['newest'] },
  })
  expect(await target('All events on this host')).toMatchObject({
    pathname: '/events',
    asked: { dest: [dest], last: ['7d'] },
  })
  for (const minutes of [5, 15, 60]) {
    const { pathname, asked } = await target(`± ${minutes} minutes on this host`)
    expect(pathname).toBe('/events')
    expect(asked).toMatchObject({
      dest: [dest],
      from: [new Date(Date.parse(given.firstTime ?? '') - minutes * 60_000).toISOString()],
      to: [new Date(Date.parse(given.lastTime ?? '') + minutes * 60_000).toISOString()],
    })
  }
  expect(await target('Other hosts with this')).toMatchObject({
    pathname: '/hosts',
    asked: { Path: [Path], dest: [`!${dest}`] },
  })
  expect((await target('Open rule')).pathname).toBe(`/rules/${ID}`)

  await menu.getByRole('menuitem', { name: 'Copy', exact: true }).click()
  expect(await clipboard(page)).toBe(Path)
  await cellMenu(page, row.locator('td[data-name=Path]'))
  await page.getByRole('menuitem', { name: 'Copy as…' }).click()
  await page.getByRole('menuitem', { name: /^SPL/ }).click()
  await expect.poll(() => clipboard(page)).toContain(ID)

  await cellMenu(page, row.locator('td[data-name=Path]'))
  await page.getByRole('menuitem', { name: 'Contains…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Path contains' })
  await expect(dialog.getByRole('textbox')).toHaveValue(Path?.split('\\').at(-1) ?? '')
  await dialog.getByRole('textbox').fill('e')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/Path=\*e\*/)

  // Events have their own time, and a change of configuration has no value to narrow by.
  await page.goto('/events?limit=25&EventCode=1121', { waitUntil: 'networkidle' })
  const events = await server.get<{ rows: { _time: string }[] }>('/api/v1/events?limit=1&EventCode=1121')
  const ofEvent = await cellMenu(page, rowsOf(tableOn(page)).first().locator('td[data-name=User]'))
  const around = await ofEvent.getByRole('menuitem', { name: '± 5 minutes on this host' }).getAttribute('href')
  expect(new URL(around ?? '', server.url).searchParams.get('to')).toBe(
    new Date(Date.parse(events.rows[0]?._time ?? '') + 300_000).toISOString(),
  )
  await expect(ofEvent.getByRole('menuitem', { name: 'Stack by User' })).toBeVisible()
})

test('the menu of a cell opens by keyboard and gives the focus back', async ({ page }) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const row = rowsOf(tableOn(page)).nth(1)
  await expect(async () => {
    // From the first row each time: on a slow machine `j` may come twice.
    await rowsOf(tableOn(page)).first().focus()
    await page.keyboard.press('j')
    await expect(row).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('ArrowRight')
  const dest = row.locator('td[data-name=dest]')
  await expect(dest).toBeFocused()
  await page.keyboard.press('m')
  await expect(page.getByRole('menuitem', { name: 'Only this' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(dest).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rowsOf(tableOn(page)).nth(2).locator('td[data-name=dest]')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  // A right click is the browser's. The menu key and Shift+F10 ask for a menu without a button of the mouse.
  await dest.click({ button: 'right' })
  await expect(page.getByRole('menu')).toHaveCount(0)
  await dest.focus()
  await dest.dispatchEvent('contextmenu', { button: 0 })
  await expect(page.getByRole('menuitem', { name: 'Only this' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/dest=/)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true })

  test('a finger that rests on a cell opens its menu, and not the row', async ({ page }) => {
    await page.goto('/stacking', { waitUntil: 'networkidle' })
    await expect(page.getByRole('button', { name: /^Sort by: / })).toBeVisible()
    const cell = rowsOf(tableOn(page)).nth(2).locator('td[data-name=Parent_Commandline]')
    const box = await cell.boundingBox()
    const touch = await page.context().newCDPSession(page)
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 12]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await expect(page.getByRole('menuitem', { name: 'Only this' })).toBeVisible()
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect(page.getByRole('menuitem', { name: 'Only this' })).toBeVisible()
    await expect(page.getByRole('complementary', { name: 'Stack' })).toHaveCount(0)
    await page.getByRole('menuitem', { name: 'Select this row' }).tap()
    await expect(page.getByRole('region', { name: 'Selected rows' })).toContainText('1 row selected')
  })
})

test('rows are selected by keys and by their checkbox, and copied as TSV and Markdown', async ({ page, server }) => {
  await page.goto('/stacking?EventCode=1121&limit=25', { waitUntil: 'networkidle' })
  const { rows } = await server.get<{ rows: Record<string, string>[] }>('/api/v1/stacking?EventCode=1121&limit=25')
  const bar = page.getByRole('region', { name: 'Selected rows' })
  const shown = rowsOf(tableOn(page))
  await expect(async () => {
    await page.keyboard.press('k')
    await expect(shown.first()).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press(' ')
  await expect(bar).toContainText('1 row selected')
  await expect(page.getByRole('status').filter({ hasText: '1 row selected' })).toBeVisible()
  await expect(shown.first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('Shift+J')
  await expect(bar).toContainText('3 rows selected')
  await page.keyboard.press('Shift+K')
  await expect(bar).toContainText('2 rows selected')
  await shown.nth(5).locator('td[data-name=count]').hover()
  await page.getByRole('button', { name: 'Select this row' }).click()
  await expect(bar).toContainText('3 rows selected')
  await expectAccessible(page, 'selected rows', 'section[aria-label="Selected rows"]')
  await expect(bar.getByRole('button', { name: 'Copy as TSV' })).toBeVisible()

  await page.keyboard.press('Control+c')
  await expect(page.getByRole('status').filter({ hasText: '3 rows copied' })).toBeVisible()
  const lines = (await clipboard(page)).trimEnd().split('\n')
  expect(lines.filter((line) => line.startsWith('# '))).toContain('# filters: EventCode=1121')
  const cells = lines.filter((line) => !line.startsWith('# ')).map((line) => line.split('\t'))
  expect(cells[0]).toEqual([
    'dest',
    'EventCode',
    'ASR_Rule',
    'Process_Name',
    'Path',
    'Parent_Commandline',
    'count',
    'firstTime',
    'lastTime',
  ])
  const wanted = [rows[0], rows[1], rows[5]]
  expect(cells.slice(1).map(([dest, , , , , , count, , last]) => [dest, count, last])).toEqual(
    wanted.map((row) => [row?.dest, String(row?.count), row?.lastTime]),
  )

  await bar.getByRole('button', { name: 'Copy as Markdown' }).click()
  const markdown = await clipboard(page)
  expect(markdown).toMatch(/^\*\*.*ASR Rules Stacking/)
  expect(markdown).toMatch(/^- uploads: `sample\.xml \(/m)
  expect(markdown.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(5)

  // Text that is marked is copied as ever.
  await page.getByRole('heading', { level: 1 }).selectText()
  await page.keyboard.press('Control+c')
  expect((await clipboard(page)).trim()).toBe('ASR Rules Stacking')
  await page.evaluate(() => window.getSelection()?.removeAllRanges())
  await shown.first().focus()
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  for (const does of ['Select the row', 'Copy the selected rows', 'Menu of the cell or row'])
    await expect(help).toContainText(does)
})
