import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { columnOf, numberIn, rowsOf, timesOf } from './fixtures/screen.ts'
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
