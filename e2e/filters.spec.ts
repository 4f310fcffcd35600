import type { Page } from '@playwright/test'
import { columnOf, numberIn, reconciliation, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

/** The number of rows at the end of a table, thousands apart by any blank. */
const totalOf = (page: Page, total: number, noun: string) =>
  page.getByText(new RegExp(`of ${String(total).replace(/\B(?=(\d{3})+$)/g, '.')} ${noun}s?$`)).first()

test('a filter is chosen from the values of its field, by keyboard, and leaves as many events as it says', async ({
  page,
}) => {
  await page.goto('/stacking?EventCode=1122')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Add a filter' })
  const values = form.getByRole('list')
  await expect(values.getByRole('button').nth(1)).toBeVisible()
  await form.getByLabel('Value').fill('windows')
  await expect(values.getByRole('button', { name: 'contains' })).toBeVisible()
  await form.getByLabel('Value').press('ArrowDown')
  await expect(values.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  const chosen = values.getByRole('button').nth(1)
  await expect(chosen).toBeFocused()
  const text = (await chosen.innerText()).trim().split(/\n+/)
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('Process_Name')
  expect((await reconciliation(page)).events).toBe(numberIn(text.at(-1) ?? ''))
})

test('a value that nothing has is offered anywhere in its field, with the rows that finds', async ({ page }) => {
  await page.goto('/stacking?Process_Name=system32')
  const offer = page.getByRole('link', { name: /finds .* stacks?$/ })
  const found = numberIn((await offer.innerText()).replace(/.*finds/s, ''))
  await offer.click()
  await expect(page).toHaveURL(/Process_Name=\*system32\*/)
  await expect(page).toHaveURL(/Process_Name=\*system32\*/)
  await expect(totalOf(page, found, 'stack')).toBeVisible()
})

test('counts of hosts and rules lead to what they count, rows to their page, rule names to the rule', async ({
  page,
}) => {
  for (const [path, name, column] of [
    ['/hosts?EventCode=112*', 'Hosts', 'blocked'],
    ['/rules', 'Rules', 'audited'],
  ] as const) {
    await page.goto(path)
    const table = page.getByRole('table', { name })
    const counts = (await columnOf(table, column)).map(numberIn)
    const at = counts.findIndex((count) => count > 0)
    await rowsOf(table)
      .nth(at)
      .getByRole('link', { name: new RegExp(` ${column}$`) })
      .click()
    await expect(page).toHaveURL(/\/events\?/)
    await expect(totalOf(page, counts[at] ?? 0, 'event')).toBeVisible()
  }
  await page.goto('/rules?last=9w')
  await rowsOf(page.getByRole('table', { name: 'Rules' }))
    .first()
    .locator('td')
    .last()
    .click()
  await expect(page).toHaveURL(/\/rules\/[^/]+\?last=9w/)
  await page.goto('/stacking?last=9w&ID=!NULL')
  const rule = page.locator('td[data-name="ASR_Rule"]').first().getByRole('link')
  await rule.click()
  await expect(page).toHaveURL(/\/rules\/[^/]+\?last=9w/)
})
