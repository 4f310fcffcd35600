import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { clipboard, columnOf, numberIn, rowsOf, timesOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

type Row = { dest: string; count: string; EventCode: string; ID: string; Process_Name: string; lastTime: string }

test('an export as CSV has the rows of the table, in its order and under its column names', async ({
  page,
  server,
}) => {
  await page.goto('/stacking?sort=-lastTime,dest&limit=500&EventCode=1121')
  const table = page.getByRole('table', { name: 'ASR Rules Stacking' })
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV, all columns' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^asr-stacking_all-time_\d{8}T\d{6}Z\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  const rows = parse(text, { columns: true }) as Row[]

  await expect(rowsOf(table)).toHaveCount(rows.length)
  expect(rows.map(({ dest }) => dest)).toEqual(await columnOf(table, 'dest'))
  expect(rows.map(({ count }) => Number(count))).toEqual((await columnOf(table, 'count')).map(numberIn))
  expect(rows.map(({ lastTime }) => lastTime)).toEqual(await timesOf(table, 'lastTime'))
  expect(new Set(rows.map(({ EventCode }) => EventCode))).toEqual(new Set(['1121']))
  // A path is shown in pieces that can break; what the table has is the API's.
  const api = await server.get<{ rows: Row[] }>('/api/v1/stacking?sort=-lastTime,dest&limit=500&EventCode=1121')
  expect(rows.map(({ Process_Name }) => Process_Name)).toEqual(api.rows.map(({ Process_Name }) => Process_Name))
})

test('an export has the columns that are shown, in their order', async ({ page }) => {
  await page.goto('/events?cols=User,dest')
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV, columns shown' }).click()
  const head = (await readFile(await (await download).path(), 'utf8')).split('\n')[0]
  expect(head).toBe((await page.getByRole('columnheader').allInnerTexts()).map((name) => name.trim()).join(','))
})

test('an export has every page of the table, whatever page is shown', async ({ page, server }) => {
  await page.goto('/stacking?limit=50&page=2')
  const { total } = await server.get<{ total: number }>('/api/v1/stacking')
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'NDJSON, all columns' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text.trimEnd().split('\n')).toHaveLength(total)
})

test('Markdown for a ticket has the columns shown, says what its rows are, and can be copied', async ({
  page,
  server,
}) => {
  await page.goto('/stacking?cols=count,dest,Path&EventCode=1121&sort=-count,dest&last=3d&anchor=newest')
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Markdown, columns shown' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^asr-stacking_.*\.md$/)
  const text = await readFile(await file.path(), 'utf8')
  const { total } = await server.get<{ total: number }>('/api/v1/stacking?EventCode=1121&last=3d&anchor=newest')
  expect(text).toContain('- filters: `EventCode=1121`\n')
  expect(text).toMatch(/^- from: \d{4}-\d\d-\d\dT.*Z\n- to: \d{4}-\d\d-\d\dT.*Z\n- mode: complete$/m)
  expect(text).toMatch(/^- uploads: `fleet\.xml \(/m)
  expect(text).toMatch(/^\| count \| dest \| Path \|$/m)
  const lines = text.split('\n').filter((line) => line.startsWith('| '))
  expect(lines).toHaveLength(total + 2)

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Table copied as Markdown' })).toBeVisible()
  expect((await clipboard(page)).split('\n').filter((line) => line.startsWith('| '))).toEqual(lines)
})

test('a CSV file has a header of comment lines only if it is asked for', async ({ page }) => {
  await page.goto('/stacking?EventCode=1121')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'CSV and NDJSON with header' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV, columns shown' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toMatch(/^# table: stacking\n/)
  expect(text).toMatch(/^# filters: EventCode=1121$/m)
  expect(text.split('\n').find((line) => !line.startsWith('# '))).toMatch(/^dest,EventCode,/)
})
