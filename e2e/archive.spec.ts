import { zipOf } from '#lib/containers/testing.ts'
import { damage } from './fixtures/damage.ts'
import { dropFiles } from './fixtures/drop.ts'
import { fleetLines, isOurs, logOf } from './fixtures/fleet.ts'
import { cellsOf, numberIn } from './fixtures/screen.ts'
import type { Receipt } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'archives', holds: 'nothing' })

const othersOf = ({ otherCodes }: Receipt): number => Object.values(otherCodes).reduce((sum, count) => sum + count, 0)

test('a ZIP of good, damaged, foreign and empty files has a receipt for each, and a sum that adds up', async ({
  page,
  server,
}) => {
  const good = fleetLines({ dests: 4, days: 5, seed: 31 })
  const damaged = damage(fleetLines({ dests: 4, days: 5, seed: 32 }))
  const foreign = 'This is no log at all.\n'.repeat(40)
  const zip = zipOf([
    { name: 'good.xml', content: logOf(good) },
    { name: 'hosts/damaged.xml', content: damaged.log },
    { name: 'foreign.txt', content: foreign },
    { name: 'empty.evtx', content: '' },
  ])
  await page.goto('/uploads')
  await dropFiles(page, { 'case.zip': zip })
  const line = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem').filter({ hasText: 'case.zip' })
  await expect(line).toContainText('Done')

  const ours = good.filter(isOurs).length
  const others = good.length - ours
  const wanted = {
    records: good.length + damaged.records,
    stored: ours + damaged.stored,
    duplicates: 0,
    others: others + damaged.others,
    rejects: damaged.rejectedLines.length,
  }
  const shown = (await line.getByRole('link').allInnerTexts()).map(numberIn)
  expect(shown).toEqual(Object.values(wanted))
  expect(wanted.records).toBe(wanted.stored + wanted.duplicates + wanted.others + wanted.rejects)

  await line.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'case.zip' })).toBeVisible()
  const logs = page.getByRole('table', { name: 'Logs in this archive' })
  await expect(logs).toBeVisible()
  const rows = await cellsOf(logs)
  expect(rows.map(([, state]) => state?.trim())).toEqual(['Done', 'Done', 'Failed', 'Done'])
  const names = ['good.xml', 'hosts/damaged.xml', 'foreign.txt', 'empty.evtx']
  // Below the name of the log that failed is why.
  expect(rows.map(([cell], index) => cell?.startsWith(names[index] ?? ''))).toEqual(names.map(() => true))
  const { rows: uploads } = await server.get<{ rows: Receipt[] }>('/api/v1/uploads')
  const { parts } = await server.get<{ parts: Receipt[] }>(`/api/v1/uploads/${uploads[0]?.id}`)
  expect(parts.map(({ name, state, records, stored, rejects }) => ({ name, state, records, stored, rejects }))).toEqual(
    [
      { name: 'good.xml', state: 'done', records: good.length, stored: ours, rejects: 0 },
      {
        name: 'hosts/damaged.xml',
        state: 'done',
        records: damaged.records,
        stored: damaged.stored,
        rejects: damaged.rejectedLines.length,
      },
      { name: 'foreign.txt', state: 'failed', records: 0, stored: 0, rejects: 0 },
      { name: 'empty.evtx', state: 'done', records: 0, stored: 0, rejects: 0 },
    ],
  )
  for (const part of parts) expect(part.records).toBe(part.stored + part.duplicates + othersOf(part) + part.rejects)
  expect((await server.get<{ total: number }>('/api/v1/events')).total).toBe(wanted.stored)
})
