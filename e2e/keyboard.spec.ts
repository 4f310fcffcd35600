import { expectAccessible } from './fixtures/pages.ts'
import { columnOf, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test('j and k go through the rows, Enter opens one beside the table, Esc closes it', async ({ page }) => {
  await page.goto('/stacking?limit=25')
  const table = page.getByRole('table', { name: 'ASR Rules Stacking' })
  const rows = rowsOf(table)
  await expect(rows.first()).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(rows.first()).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('k')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Stack' })
  await expect(panel).toBeFocused()
  await expect(page).toHaveURL(/open=[\w-]{22}/)
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  const dests = await columnOf(table, 'dest')
  await expect(panel).toContainText(dests[1] ?? '')
  await page.keyboard.press('j')
  await expect(rows.nth(2)).toHaveAttribute('aria-current', 'true')
  await expect(panel).toContainText(dests[2] ?? '')
  await expectAccessible(page, 'a stack open beside the table')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(rows.nth(2)).toBeFocused()
})

test('Escape on the button of an open popover closes the popover, and not the stack behind it', async ({ page }) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  await rowsOf(page.getByRole('table', { name: 'ASR Rules Stacking' }))
    .nth(1)
    .press('Enter')
  const panel = page.getByRole('complementary', { name: 'Stack' })
  await expect(panel).toBeFocused()
  const opener = page.getByRole('button', { name: 'Filter', exact: true })
  await opener.press('Enter')
  const popover = page.getByRole('dialog', { name: 'Add a filter' })
  await expect(popover).toBeVisible()
  await page.keyboard.press('Shift+Tab')
  await expect(opener).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(popover).toHaveCount(0)
  await expect(panel).toBeVisible()
  await expect(opener).toBeFocused()
})

test('n and p turn the pages', async ({ page }) => {
  await page.goto('/stacking?limit=50')
  const place = page.getByRole('navigation', { name: 'Pages' })
  await expect(place).toContainText('1–50 of')
  await expect(async () => {
    await page.keyboard.press('n')
    await expect(place).toContainText('51–', { timeout: 1000 })
  }).toPass()
  await page.keyboard.press('p')
  await expect(place).toContainText('1–50 of')
})

test('/ searches, ? lists the keys, and g with a letter goes to a screen', async ({ page }) => {
  await page.goto('/stacking')
  const search = page.getByRole('searchbox', { name: 'Search' })
  await expect(search).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(search).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.type('powershell')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=powershell/)
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('powershell')

  await page.keyboard.press('Escape')
  await search.blur()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await expect(help).toContainText('Next row')
  await expectAccessible(page, 'the list of keys', 'dialog')
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)

  const screens = [
    ['o', 'Overview'],
    ['h', 'Hosts'],
    ['r', 'Risk'],
    ['u', 'Uploads'],
    ['s', 'ASR Rules Stacking'],
    ['d', 'ASR Rule Disabled'],
  ]
  for (const [key = '', heading] of screens) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()
  }
})

test('a host is reached from the start page by Tab and Enter alone', async ({ page }) => {
  await page.goto('/hosts')
  await expect(rowsOf(page.getByRole('table', { name: 'Hosts' })).first()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the screen' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Host' })).toBeVisible()
})

test('a menu is gone through by arrows and letters, and gives the focus back', async ({ page }) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const opener = page.getByRole('button', { name: 'Theme' })
  const entry = (name: string) => page.getByRole('menuitemradio', { name })
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(entry('Light')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(entry('System')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(entry('Light')).toBeFocused()
  await page.keyboard.press('d')
  await expect(entry('Dark')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(opener).toBeFocused()
  await expect(page.getByRole('menu')).toHaveCount(0)

  await page.keyboard.press('ArrowDown')
  await expect(entry('Light')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Help and keys' })).toBeFocused()
})

test('a press outside of an open menu closes it and opens no row under it', async ({ page }) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const cell = rowsOf(page.getByRole('table', { name: 'ASR Rules Stacking' }))
    .nth(3)
    .locator('td[data-name=Path]')
  const panel = page.getByRole('complementary', { name: 'Stack' })
  await page.getByRole('button', { name: 'Theme' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await cell.click({ position: { x: 2, y: 2 } })
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(page).not.toHaveURL(/open=/)
  await expect(panel).toHaveCount(0)
  await cell.click({ position: { x: 2, y: 2 } })
  await expect(panel).toBeVisible()
  // What can be pressed under a menu still is.
  await page.getByRole('button', { name: 'Theme' }).click()
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(panel).toHaveCount(0)
})

test('the switch of the modes says what each mode shows', async ({ page }) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const modes = page.getByRole('navigation', { name: 'Mode of the table' })
  await modes.getByRole('link', { name: 'complete' }).hover()
  await expect(page.getByRole('tooltip')).toHaveText(/^Complete: every event is counted/)
  await modes.getByRole('link', { name: 'faithful' }).hover()
  await expect(page.getByRole('tooltip')).toHaveText(/^Faithful: exactly the rows of Splunk's search/)
  await page.mouse.move(400, 700)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
})

test('a hint shows on focus and when pointed at, stays while the pointer is on it, and goes by Escape', async ({
  page,
}) => {
  await page.goto('/stacking', { waitUntil: 'networkidle' })
  const hint = page.getByRole('tooltip')
  await page.getByRole('button', { name: 'Copy link' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(hint).toHaveText('Copy link (l)')
  await page.keyboard.press('Escape')
  await expect(hint).toHaveCount(0)
  await page.getByRole('button', { name: 'Help and keys' }).hover()
  await expect(hint).toHaveText('Help and keys (?)')
  await hint.hover()
  await expect(hint).toBeVisible()
  await page.mouse.move(400, 700)
  await expect(hint).toHaveCount(0)
})
