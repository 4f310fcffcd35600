import { expect, type Locator, type Page } from '@playwright/test'
import { panelOf, stacks } from './fixtures/needles.ts'
import { clipboard, rowsOf } from './fixtures/screen.ts'
import { test } from './fixtures/test.ts'

test.use({ owner: 'keys' })

type Case = (page: Page) => Promise<void>

const press = (page: Page, ...keys: string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const rows = (page: Page): Locator => rowsOf(stacks(page))
const selected = (page: Page): Locator => page.getByRole('region', { name: 'Selected rows' })
const head = (page: Page, name: string): Locator => stacks(page).locator(`th[data-name=${name}]`)
const edge = (page: Page): Locator => stacks(page).getByRole('separator', { name: 'Width of hints' })
const widthOf = async (page: Page) => (await head(page, 'hints').boundingBox())?.width ?? 0

/** Opens the workbench with the focus on a row. */
async function atRow(page: Page, at: number): Promise<Locator> {
  await page.goto('/stack?limit=25', { waitUntil: 'networkidle' })
  await rows(page).nth(at).focus()
  return rows(page).nth(at)
}

/** What each key of the list does on its page: title of the list, key, and what the list says. */
const cases: Record<string, Case> = {
  'In a table: j, Next row': async (page) => {
    await atRow(page, 2)
    await press(page, 'j')
    await expect(rows(page).nth(3)).toBeFocused()
  },
  'In a table: k, Previous row': async (page) => {
    await atRow(page, 2)
    await press(page, 'k')
    await expect(rows(page).nth(1)).toBeFocused()
  },
  'In a table: Enter, Open the row': async (page) => {
    await atRow(page, 2)
    await press(page, 'Enter')
    await expect(panelOf(page)).toBeFocused()
  },
  'In a table: Esc, Close it, or clear the selection': async (page) => {
    const row = await atRow(page, 2)
    await press(page, 'Enter')
    await expect(panelOf(page)).toBeFocused()
    await press(page, 'Escape')
    await expect(panelOf(page)).toHaveCount(0)
    await expect(row).toBeFocused()
    await press(page, ' ')
    await expect(selected(page)).toBeVisible()
    await press(page, 'Escape')
    await expect(selected(page)).toHaveCount(0)
  },
  'In a table: x, Decide the selected rows, or the row that is open': async (page) => {
    await atRow(page, 2)
    await press(page, 'Enter', 'x')
    await expect(page.getByRole('dialog', { name: 'Decide this stack' })).toBeVisible()
    await press(page, 'Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(panelOf(page)).toBeVisible()
  },
  'In a table: h, Hide what is decided, or show it': async (page) => {
    const decision = {
      ...{ disposition: 'known-good', scope: null, reason: '', author: 'jane', expiresAt: null },
      patterns: [{ column: 'Process_Name', step: 'exact', value: '*office*', isWildcard: true }],
    }
    await page.request.post('/api/v1/dispositions', { data: { decisions: [decision] } })
    await atRow(page, 0)
    await press(page, 'h')
    await expect(page).toHaveURL(/dispositions=hide/)
    await expect(page.getByRole('link', { name: 'Show what is decided' })).toBeVisible()
    await press(page, 'h')
    await expect(page).not.toHaveURL(/dispositions=/)
  },
  'In a table: n, Next page': async (page) => {
    await page.goto('/stack?by=dest,Path&limit=25', { waitUntil: 'networkidle' })
    await press(page, 'n')
    await expect(page).toHaveURL(/page=2/)
  },
  'In a table: p, Previous page': async (page) => {
    await page.goto('/stack?by=dest,Path&limit=25&page=2', { waitUntil: 'networkidle' })
    await press(page, 'p')
    await expect(page).not.toHaveURL(/page=/)
  },
  'In a table: e, Export': async (page) => {
    await atRow(page, 0)
    await press(page, 'e')
    await expect(page.getByRole('menuitem', { name: 'NDJSON, columns shown' })).toBeVisible()
  },
  'In a table: ← →, Cells of the row': async (page) => {
    const row = await atRow(page, 1)
    await press(page, 'ArrowRight', 'ArrowRight')
    await expect(row.locator('td[data-name=Process_Name]')).toBeFocused()
    await press(page, 'ArrowLeft')
    await expect(row.locator('td[data-name=ID]')).toBeFocused()
  },
  'In a table: ↑ ↓, The same cell of another row': async (page) => {
    await atRow(page, 1)
    await press(page, 'ArrowRight', 'ArrowDown')
    await expect(rows(page).nth(2).locator('td[data-name=ID]')).toBeFocused()
    await press(page, 'ArrowUp', 'ArrowUp')
    await expect(rows(page).nth(0).locator('td[data-name=ID]')).toBeFocused()
  },
  'In a table: m, Menu of the cell or row': async (page) => {
    await atRow(page, 1)
    await press(page, 'ArrowRight', 'm')
    await expect(page.getByRole('menuitem', { name: 'Only this' })).toBeFocused()
  },
  'In a table: Space, Select the row': async (page) => {
    const row = await atRow(page, 1)
    await press(page, ' ')
    await expect(row).toHaveAttribute('aria-selected', 'true')
    await expect(selected(page)).toContainText('1 row selected')
  },
  'In a table: Shift Space, Select all rows up to this one': async (page) => {
    await atRow(page, 1)
    await press(page, ' ', 'j', 'j', 'Shift+Space')
    await expect(selected(page)).toContainText('3 rows selected')
  },
  'In a table: Shift j, Select it and the next row': async (page) => {
    await atRow(page, 1)
    await press(page, 'Shift+J')
    await expect(rows(page).nth(2)).toBeFocused()
    await expect(selected(page)).toContainText('2 rows selected')
  },
  'In a table: Shift k, Select it and the previous row': async (page) => {
    await atRow(page, 1)
    await press(page, 'Shift+K')
    await expect(rows(page).nth(0)).toBeFocused()
    await expect(selected(page)).toContainText('2 rows selected')
  },
  'In a table: Ctrl c, Copy the selected rows': async (page) => {
    await atRow(page, 1)
    await press(page, ' ')
    await expect(selected(page).getByRole('button', { name: 'Copy as TSV' })).toBeVisible()
    await press(page, 'Control+c')
    await expect.poll(() => clipboard(page)).toMatch(/^# [\s\S]*\nID\tProcess_Name/)
  },
  'On what has the focus: Shift Enter, Head of a column: sort by it too': async (page) => {
    await atRow(page, 0)
    await head(page, 'users').getByRole('link').focus()
    await press(page, 'Shift+Enter')
    await expect(page).toHaveURL(/sort=hosts%2Cevents%2C-?users/)
  },
  'On what has the focus: ← →, Edge of a head: width of the column': async (page) => {
    await atRow(page, 0)
    const usual = await widthOf(page)
    await edge(page).focus()
    await press(page, 'ArrowRight', 'ArrowRight')
    await expect.poll(() => widthOf(page)).toBe(usual + 32)
    await press(page, 'ArrowLeft')
    await expect.poll(() => widthOf(page)).toBe(usual + 16)
  },
  'On what has the focus: Enter, Edge of a head: the usual width': async (page) => {
    await atRow(page, 0)
    const usual = await widthOf(page)
    await edge(page).focus()
    await press(page, 'ArrowRight')
    await expect.poll(() => widthOf(page)).not.toBe(usual)
    await press(page, 'Enter')
    await expect.poll(() => widthOf(page)).toBe(usual)
  },
  'On what has the focus: Alt ↑ ↓, List of columns: move the column': async (page) => {
    await atRow(page, 0)
    const names = () =>
      stacks(page)
        .locator('th')
        .evaluateAll((heads) => heads.map(({ dataset }) => dataset.name))
    const usual = await names()
    await page.getByRole('button', { name: 'Columns' }).press('Enter')
    await page.getByRole('dialog', { name: 'Columns' }).getByRole('checkbox', { name: 'ID', exact: true }).focus()
    await press(page, 'Alt+ArrowDown')
    await expect.poll(names).toEqual([usual[1], usual[0], ...usual.slice(2)])
    await press(page, 'Alt+ArrowUp')
    await expect.poll(names).toEqual(usual)
  },
  'On what has the focus: ← →, Timeline: from bar to bar': async (page) => {
    await page.goto('/', { waitUntil: 'networkidle' })
    await toTimeline(page)
    await press(page, 'ArrowRight')
    const first = await tipOf(page).innerText()
    await press(page, 'ArrowRight')
    await expect(tipOf(page)).not.toHaveText(first)
    await press(page, 'ArrowLeft')
    await expect(tipOf(page)).toHaveText(first)
  },
  'On what has the focus: Enter, Timeline: narrow to the bar': async (page) => {
    await page.goto('/', { waitUntil: 'networkidle' })
    await toTimeline(page)
    await press(page, 'ArrowRight', 'Enter')
    await expect(page).toHaveURL(/from=.*&to=/)
  },
  'Everywhere: /, Search': async (page) => {
    await atRow(page, 0)
    await press(page, '/')
    await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused()
  },
  'Everywhere: l, Copy a link to this view': async (page) => {
    await atRow(page, 0)
    await press(page, 'l')
    await expect.poll(() => clipboard(page)).toContain('/stack?')
  },
  'Everywhere: ?, This list': async (page) => {
    await atRow(page, 0)
    await press(page, '?')
    await expect(page.getByRole('dialog', { name: 'Help and keys' })).toBeVisible()
  },
  ...Object.fromEntries(
    [
      ['o', 'Overview', '/'],
      ['t', 'Workbench', '/stack'],
      ['s', 'Stacking', '/stacking'],
      ['a', 'Audit', '/audit'],
      ['b', 'Block', '/block'],
      ['c', 'Configuration', '/registry'],
      ['h', 'Hosts', '/hosts'],
      ['r', 'Risk', '/risk'],
      ['l', 'Rules', '/rules'],
      ['i', 'Dispositions', '/dispositions'],
      ['u', 'Uploads', '/uploads'],
      ['w', 'Wall', '/wall'],
      ['n', 'Admin', '/admin/users'],
      ['d', 'Rules disabled', '/disabled'],
      ['e', 'Events', '/events'],
    ].map(([key = '', name = '', path = '']): [string, Case] => [
      `Go to: g ${key}, ${name}`,
      async (page) => {
        await page.goto(path === '/hosts' ? '/rules' : '/hosts', { waitUntil: 'networkidle' })
        await press(page, 'g', key)
        await expect.poll(() => new URL(page.url()).pathname).toBe(path)
      },
    ]),
  ),
}

const tipOf = (page: Page): Locator => page.locator('.recharts-tooltip-wrapper p').first()

/** Puts the focus on the bars of the timeline, and waits until what answers there is loaded. */
async function toTimeline(page: Page): Promise<void> {
  await page.getByRole('img', { name: /^Events over time/ }).focus()
  await expect(page.locator('figure').getByRole('application')).toBeFocused()
}

test('the list under ? has every key that has a case here, and no other', async ({ page }) => {
  await page.goto('/stack?limit=25', { waitUntil: 'networkidle' })
  await press(page, '?')
  const dialog = page.getByRole('dialog', { name: 'Help and keys' })
  await expect(dialog).toBeVisible()
  const listed = await dialog.locator('section:has(dl)').evaluateAll((lists) =>
    lists.flatMap((list) =>
      [...list.querySelectorAll('dl > div')].map((line) => {
        const keys = [...line.querySelectorAll('kbd')].map(({ textContent }) => textContent)
        return `${list.querySelector('h3')?.textContent}: ${keys.join(' ')}, ${line.querySelector('dd')?.textContent}`
      }),
    ),
  )
  expect(listed.toSorted()).toEqual(Object.keys(cases).toSorted())
})

for (const [name, run] of Object.entries(cases))
  test(`a key that is listed does what the list says: ${name}`, ({ page }) => run(page))

test('single keys that are turned off in the list do nothing, and can be turned on again', async ({ page }) => {
  await atRow(page, 0)
  await press(page, '?')
  const dialog = page.getByRole('dialog', { name: 'Help and keys' })
  await dialog.getByRole('checkbox', { name: 'Single keys do these things' }).uncheck()
  await press(page, 'Escape')
  await expect(dialog).toHaveCount(0)
  await press(page, 'g', 'h')
  await page.reload({ waitUntil: 'networkidle' })
  await press(page, 'g', 'h', 'j')
  await expect(page).toHaveURL(/\/stack/)
  await page.getByRole('button', { name: 'Help and keys' }).click()
  await dialog.getByRole('checkbox', { name: 'Single keys do these things' }).check()
  await press(page, 'Escape')
  await press(page, 'g', 'h')
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts', exact: true })).toBeVisible()
})
