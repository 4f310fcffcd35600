import { isOurs, tally } from './fixtures/fleet.ts'
import { cellsOf, clipboard, reconciliation, rowsOf, timesOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test('a view that is filtered and sorted shows the same rows in another browser by its link', async ({
  browser,
  page,
  server,
  fleet,
}) => {
  const ours = fleet.filter(isOurs)
  const [dest = ''] = [...tally(ours, (line) => line.dest)].sort(([, a], [, b]) => b - a)[0] ?? []
  await page.goto('/stacking')
  await page.getByRole('button', { name: 'Filter' }).click()
  const form = page.getByRole('dialog', { name: 'Add a filter' })
  await form.getByLabel('Field').selectOption('dest')
  await form.getByLabel('Value').fill(dest)
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText(dest)
  expect((await reconciliation(page)).events).toBe(ours.filter((line) => line.dest === dest).length)

  const table = page.getByRole('table', { name: 'ASR Rules Stacking' })
  await table.getByRole('columnheader').getByRole('link', { name: 'lastTime' }).click()
  await expect(table.getByRole('columnheader', { name: 'lastTime' })).toHaveAttribute('aria-sort', 'descending')
  const times = await timesOf(table, 'lastTime')
  expect(times).toEqual([...times].sort().reverse())

  await page.getByRole('button', { name: 'Time range' }).click()
  await page.getByRole('link', { name: 'Last 7 days' }).click()
  await expect(page).toHaveURL(/last=7d/)
  await expect(page.getByRole('button', { name: 'Time range' })).toContainText('Last 7 days')

  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible()
  const link = await clipboard(page)
  // Relative ranges are pinned, so that the link shows tomorrow what it shows today.
  expect(link).toMatch(/[?&]from=.*&to=/)
  expect(link).not.toContain('last=')

  const context = await browser.newContext({ baseURL: server.url })
  const other = await context.newPage()
  await other.goto(link)
  const sameTable = other.getByRole('table', { name: 'ASR Rules Stacking' })
  await expect(rowsOf(sameTable)).toHaveCount(await rowsOf(table).count())
  expect(await cellsOf(sameTable)).toEqual(await cellsOf(table))
  await context.close()
})

test('a parameter that makes no sense is named on the page and ignored', async ({ page }) => {
  await page.goto('/stacking?sort=colour&limit=1001&tz=Moon/Crater&nonsense=1&__proto__=2')
  const ignored = page.getByRole('list', { name: 'Ignored parameters' })
  for (const param of ['sort=colour', 'limit=1001', 'tz=Moon/Crater', 'nonsense=1', '__proto__=2']) {
    await expect(ignored).toContainText(param)
  }
  await expect(rowsOf(page.getByRole('table', { name: 'ASR Rules Stacking' })).first()).toBeVisible()
})

test('a link with more filter values or columns than there can be shows no rows and says why', async ({ page }) => {
  const values = Array.from({ length: 101 }, (_, index) => `ID=!${index}`).join('&')
  const columns = `sort=${Array.from({ length: 11 }, () => 'dest').join(',')}`
  for (const path of [
    '/',
    '/stacking',
    '/events',
    '/hosts',
    '/rules',
    '/risk',
    '/uploads',
    '/uploads/compare',
    '/registry',
  ]) {
    for (const query of [values, columns]) {
      await page.goto(`${path}?${query}`)
      await expect(page.getByRole('list', { name: 'Parameters that make no sense' })).toContainText('shows no rows')
      await expect(page.getByRole('heading', { name: 'This link shows no rows' })).toBeVisible()
      await expect(page.getByRole('table')).toHaveCount(0)
    }
  }
  await page.getByRole('link', { name: 'Show all rows' }).click()
  await expect(page).toHaveURL(/\/registry$/)
  await expect(page.getByRole('table').first()).toBeVisible()
})
