import { faithfulStacks, isFaithful, isOurs } from './fixtures/fleet.ts'
import { columnOf, numberIn, reconciliation, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test('stacking in complete mode loses no event: its counts add up to the events of the log', async ({
  page,
  fleet,
}) => {
  const ours = fleet.filter(isOurs).length
  const faithful = fleet.filter(isFaithful).length
  await page.goto('/stacking?limit=500')
  expect(await reconciliation(page)).toEqual({ events: ours, faithful, dropped: ours - faithful })
  const table = page.getByRole('table', { name: 'ASR Rules Stacking, complete mode' })
  const counts = (await columnOf(table, 'count')).map(numberIn)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ours)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
})

test("stacking in faithful mode shows exactly the rows of Splunk's grouping", async ({ page, fleet }) => {
  const expected = [...faithfulStacks(fleet).values()].sort((a, b) => b - a)
  await page.goto('/stacking?limit=500')
  await page.getByRole('navigation', { name: 'Mode of the table' }).getByRole('link', { name: 'faithful' }).click()
  const table = page.getByRole('table', { name: 'ASR Rules Stacking, faithful mode' })
  await expect(rowsOf(table)).toHaveCount(expected.length)
  expect((await columnOf(table, 'count')).map(numberIn)).toEqual(expected)
  expect(new Set(await columnOf(table, 'EventCode')).size).toBeLessThanOrEqual(2)
  await page.getByRole('link', { name: 'show them' }).click()
  await expect(page.getByRole('table', { name: 'ASR Rules Stacking, complete mode' })).toBeVisible()
})

test('the numbers of a mode are the same on its pages as in the API', async ({ page, server }) => {
  for (const mode of ['complete', 'faithful']) {
    for (const detection of ['stacking', 'audit', 'block', 'registry', 'disabled']) {
      const path = `/${detection}?mode=${mode}&limit=500`
      const { rows } = await server.get<{ rows: { count: number }[] }>(`/api/v1${path}`)
      await page.goto(path)
      const table = page.getByRole('table', { name: `${mode} mode` })
      await expect(rowsOf(table), path).toHaveCount(rows.length)
      expect((await columnOf(table, 'count')).map(numberIn), path).toEqual(rows.map(({ count }) => count))
    }
  }
})

test('a stack opens beside the table and leads to exactly its events', async ({ page }) => {
  await page.goto('/stacking')
  const table = page.getByRole('table', { name: 'ASR Rules Stacking' })
  const row = rowsOf(table).first()
  const count = numberIn((await columnOf(table, 'count'))[0])
  await row.locator('[data-name=count]').click()
  const panel = page.getByRole('complementary', { name: 'Stack' })
  await expect(panel).toContainText(`${count} events`)
  await panel.getByRole('link', { name: 'All events of this stack' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible()
  await expect(rowsOf(page.getByRole('table', { name: 'Events' }))).toHaveCount(count)
})
