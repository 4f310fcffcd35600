import type { Locator, Page } from '@playwright/test'
import { panelOf, stacks } from './fixtures/needles.ts'
import { expectAccessible } from './fixtures/pages.ts'
import { numberIn, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'decide' })

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^Decide / })

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
  // The page that is rendered again takes long: it says so.
  await page.route(/[?&]_rsc=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  const updating = page.getByRole('status').filter({ hasText: 'Updating the page' })
  await dialogOf(page).getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(updating).toBeVisible()
  await expect(row).toContainText('suspicious')
  await expect(updating).toHaveCount(0)
  await page.unrouteAll({ behavior: 'wait' })

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

test('two who change the same decision or groups: what was typed stays, and the other version is shown to choose from', async ({
  page,
  server,
}) => {
  test.slow()
  const api = `${server.url}/api/v1`
  const decision = {
    ...{ disposition: 'known-good', scope: null, reason: '', author: 'jane', expiresAt: null },
    patterns: [{ column: 'Process_Name', step: 'exact', value: '*office*', isWildcard: true }],
  }
  const made = await page.request.post(`${api}/dispositions`, { data: { decisions: [decision] } })
  const { rows } = (await made.json()) as { rows: { id: string }[] }
  const address = `${api}/dispositions/${rows[0]?.id}`
  const change = async (reason: string) =>
    expect((await page.request.put(address, { data: { ...decision, reason, author: 'joe' } })).status()).toBe(200)

  await page.goto('/dispositions', { waitUntil: 'networkidle' })
  const dialog = page.getByRole('dialog')
  const edit = async () => {
    await page.getByRole('button', { name: /^Edit/ }).click()
    await dialog.getByLabel('Reason').fill('mine')
    await dialog.getByLabel(/Your name/).fill('jane')
  }
  await edit()
  await change('of joe')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText(/This decision was changed meanwhile by joe \(unsigned\), 20/)
  await expect(dialog.getByRole('alert')).toContainText('of joe')
  await expect(dialog.getByLabel('Reason')).toHaveValue('mine')
  await expectAccessible(page, 'a decision that was changed meanwhile', 'dialog')
  await dialog.getByRole('button', { name: 'Take this version' }).click()
  await expect(dialog.getByLabel('Reason')).toHaveValue('of joe')
  await dialog.getByLabel('Reason').fill('mine after all')
  await change('of joe again')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Save mine instead' }).click()
  await expect(page.getByRole('main')).toContainText('mine after all')

  // Deleted while it was edited: it is restored with what was typed.
  await edit()
  expect((await page.request.delete(address, { data: { author: 'joe' } })).status()).toBe(204)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This decision was deleted meanwhile by joe')
  await dialog.getByRole('button', { name: 'Restore and save mine' }).click()
  await expect(dialog).toHaveCount(0)
  expect(((await (await page.request.get(address)).json()) as { reason: string }).reason).toBe('mine')

  // A long history has pages, and an undo of what was changed meanwhile is refused.
  for (let step = 0; step < 55; step += 1) await change(`step ${step}`)
  await page.getByRole('button', { name: /^History and undo/ }).click()
  await expect(dialog).toContainText(/1–50 of 6\d steps/)
  await dialog.getByRole('button', { name: 'Older' }).click()
  await expect(dialog).toContainText(/51–6\d of 6\d steps/)
  await change('last of joe')
  await dialog
    .getByRole('button', { name: /^(Undo|Restore)/ })
    .last()
    .click()
  await expect(dialog.getByRole('alert')).toContainText('Not undone: it was changed meanwhile by joe')
  await expect(dialog).toContainText(/1–50 of 6\d steps/)
  await page.keyboard.press('Escape')
  await page.request.delete(address, { data: { author: 'jane' } })

  await page.goto('/groups', { waitUntil: 'networkidle' })
  const put = (name: string) =>
    page.request.put(`${api}/groups`, { data: { groups: [{ name, patterns: ['ws-*'] }], author: 'joe' } })
  await put('Before')
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByLabel('Name', { exact: true }).fill('Typed')
  await page.getByLabel(/Your name/).fill('jane')
  await put('Of joe')
  await page.getByRole('button', { name: 'Save' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'The host groups were changed meanwhile by joe' })
  await expect(notice).toContainText('Of joe: ws-*')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Typed')
  await expectAccessible(page, '/groups that were changed meanwhile')
  await page.getByRole('button', { name: 'Take this list' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Of joe')
  await page.getByLabel('Name', { exact: true }).fill('Typed again')
  await put('Of joe again')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Save mine instead' }).click()
  await expect(notice).toHaveCount(0)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Typed again')
  const { groups } = await server.get<{ groups: { name: string }[] }>('/api/v1/groups')
  expect(groups.map(({ name }) => name)).toEqual(['Typed again'])
})
