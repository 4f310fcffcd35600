import { readFile } from 'node:fs/promises'
import { damage } from './fixtures/damage.ts'
import { dropFiles } from './fixtures/drop.ts'
import { fleetLines, isOurs, logOf } from './fixtures/fleet.ts'
import { cellsOf, columnOf, numberIn } from './fixtures/screen.ts'
import type { Receipt } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'uploads', holds: 'nothing' })

test('two files are dropped, one of them damaged: both receipts add up, and every reject is shown and downloadable', async ({
  page,
  server,
  fleet,
}) => {
  const other = fleetLines({ dests: 5, days: 6, seed: 11 })
  const damaged = damage(other)
  const ours = fleet.filter(isOurs).length
  await page.goto('/uploads')
  await expect(page.getByRole('heading', { name: 'Nothing has been uploaded yet' })).toBeVisible()
  await dropFiles(page, { 'whole.xml': logOf(fleet), 'damaged.xml': damaged.log })

  const lines = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem')
  await expect(lines.filter({ hasText: 'Done' })).toHaveCount(2)
  const sumOf = (name: string) => lines.filter({ hasText: name }).getByRole('link')
  await expect(sumOf('whole.xml')).toHaveText([fleet.length, ours, 0, fleet.length - ours, 0].map(written))
  const wanted = [damaged.records, damaged.stored, 0, damaged.others, damaged.rejectedLines.length]
  await expect(sumOf('damaged.xml')).toHaveText(wanted.map(written))
  expect(wanted[0]).toBe(wanted.slice(1).reduce((sum, part = 0) => sum + part, 0))

  await sumOf('damaged.xml').first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'damaged.xml' })).toBeVisible()
  const rejects = page.getByRole('table', { name: 'Rejects' })
  expect((await columnOf(rejects, 'line')).map(numberIn)).toEqual(damaged.rejectedLines)
  for (const snippet of await columnOf(rejects, 'snippet')) expect(snippet).toContain('<Event ')
  for (const reason of await columnOf(rejects, 'reason')) expect(reason).not.toBe('')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as NDJSON' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  const told = file
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: number; offset: number })
  expect(told.map(({ line }) => line)).toEqual(damaged.rejectedLines)
  const bytes = Buffer.from(damaged.log)
  for (const { offset } of told) expect(bytes.subarray(offset, offset + 7).toString()).toBe('<Event ')

  const codes = await cellsOf(page.getByRole('table', { name: 'What was in this file, by event code' }))
  const inFile = codes.reduce((sum, cells) => sum + numberIn(cells.at(-2)), 0)
  expect(inFile).toBe(damaged.records)

  expect((await server.get<{ total: number }>('/api/v1/events')).total).toBe(ours + damaged.stored)

  // The totals are those of both files, whatever page of the table is shown.
  await page.goto('/uploads?limit=1')
  const totals = page.getByRole('list', { name: 'Totals' }).getByRole('listitem')
  await expect(totals.first()).toHaveText('All uploads: 2 files')
  expect((await totals.allInnerTexts()).slice(1).map(numberIn)).toEqual([
    ...[fleet.length + damaged.records, ours + damaged.stored, 0],
    ...[fleet.length - ours + damaged.others, damaged.rejectedLines.length],
  ])
})

test('the same log again, chosen by the button, adds nothing and says so', async ({ page, server }) => {
  const lines = fleetLines({ dests: 3, days: 3, seed: 5 })
  const ours = lines.filter(isOurs).length
  await server.upload('once.xml', logOf(lines))
  const { total } = await server.get<{ total: number }>('/api/v1/events')
  await page.goto('/uploads')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  const file = { name: 'twice.xml', mimeType: 'text/xml', buffer: Buffer.from(logOf(lines)) }
  await (await chooser).setFiles(file)
  const line = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem').filter({ hasText: 'twice.xml' })
  await expect(line).toContainText('Done')
  await expect(line.getByRole('link')).toHaveText([lines.length, 0, ours, lines.length - ours, 0].map(written))
  expect((await server.get<{ total: number }>('/api/v1/events')).total).toBe(total)
})

test('an answer on the progress of a file that comes after its receipt changes nothing', async ({ page }) => {
  const log = logOf(fleetLines({ dests: 2, days: 2, seed: 9 }))
  const asked = Promise.withResolvers<void>()
  const read = Promise.withResolvers<void>()
  const late = Promise.withResolvers<void>()
  await page.route(/\/api\/v1\/uploads\?/, async (route) => {
    const answer = await route.fetch()
    // Long enough for the page to ask how far the file is.
    await asked.promise
    await route.fulfill({ response: answer })
  })
  await page.route(/\/api\/v1\/uploads\/[0-9a-f-]{36}$/, async (route) => {
    const answer = await route.fetch()
    asked.resolve()
    await read.promise
    const old = { ...((await answer.json()) as Receipt), state: 'reading', records: 0, stored: 0, otherCodes: {} }
    await route.fulfill({ status: 200, json: old })
    late.resolve()
  })
  await page.goto('/uploads')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles({ name: 'late.xml', mimeType: 'text/xml', buffer: Buffer.from(log) })
  const line = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem').filter({ hasText: 'late.xml' })
  await expect(line).toContainText('Done')
  const sum = await line.getByRole('link').allTextContents()
  expect(numberIn(sum[0])).toBeGreaterThan(0)
  read.resolve()
  await late.promise
  // That the late answer changes nothing is the point.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
  await expect(line.getByRole('link')).toHaveText(sum)
})

test('a file that is no log is refused by its content, whatever its name says', async ({ page, server }) => {
  await page.goto('/uploads')
  await dropFiles(page, { 'holiday.xml': 'This is no log at all.\n'.repeat(50) })
  const line = page
    .getByRole('region', { name: 'Upload logs' })
    .getByRole('listitem')
    .filter({ hasText: 'holiday.xml' })
  await expect(line).toContainText('Failed')
  const { rows } = await server.get<{ rows: Receipt[] }>('/api/v1/uploads')
  expect(rows.find(({ name }) => name === 'holiday.xml')).toMatchObject({ state: 'failed', stored: 0 })
})

/** A count as a pattern: thousands stand apart. */
function written(count: number): RegExp {
  const text = String(count).replace(/\B(?=(\d{3})+$)/g, '\\s')
  return new RegExp(`^${text}$`)
}
