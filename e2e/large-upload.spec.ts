import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Page } from '@playwright/test'
import { simulateLog } from '#tools/simulate/log.ts'
import { logOf } from './fixtures/fleet.ts'
import { openLine } from './fixtures/proxy.ts'
import type { Receipt, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'large uploads', holds: 'nothing' })
test.describe.configure({ timeout: 240_000 })

const megabyte = 1024 * 1024
const events = 1850
let folder = ''

/** A log of about 200 MB, nearly all of it records that are not ours, so that it is sent more than stored. */
async function largeLog(name: string, seed: number): Promise<string> {
  const path = join(folder, name)
  await pipeline(simulateLog({ dests: 20, days: 3, seed, events, others: 0.99 }), createWriteStream(path))
  return path
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'asr-hunt-large-'))
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

async function choose(page: Page, path: string) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(path)
}

const sumOf = ({ otherCodes }: Receipt): number => Object.values(otherCodes).reduce((sum, count) => sum + count, 0)
const waiting = (server: Server) => readdir(join(server.dataDir, 'incoming'))

test('an upload of 200 MB that is cut off in the middle goes on from where it was', async ({ page, server }) => {
  const path = await largeLog('large.xml', 41)
  const { size } = await stat(path)
  expect(size).toBeGreaterThan(200 * 1e6)
  const line = await openLine(server.url)
  try {
    await page.goto(`${line.url}/uploads`)
    const before = line.sent()
    const cut = line.cutAfter(size / 2)
    await choose(page, path)
    await cut
    const begun = line.offsets.length
    const shown = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem')
    await expect(shown).toContainText('Reading')
    // It goes on being shown as read while the line is cut and the browser tries again.
    await expect.poll(line.refused).toBeGreaterThan(1)
    await expect(shown).toContainText('Reading')
    line.mend()
    await expect(shown).toContainText('Done', { timeout: 120_000 })

    // What was in the piece that was cut goes twice, and nothing before it.
    const sent = line.sent() - before
    expect(sent).toBeGreaterThanOrEqual(size)
    expect(sent).toBeLessThan(size + 16 * megabyte)
    expect(line.offsets[begun]).toBeGreaterThan(size / 2 - 16 * megabyte)
  } finally {
    line.close()
  }
  const { rows } = await server.get<{ rows: Receipt[] }>('/api/v1/uploads')
  const [receipt] = rows
  expect(receipt).toMatchObject({ name: 'large.xml', state: 'done', stored: events, duplicates: 0, rejects: 0 })
  expect(receipt?.records).toBe(events + (receipt ? sumOf(receipt) : 0))
  expect((await server.get<{ total: number }>('/api/v1/events')).total).toBe(events)
  await expect.poll(() => waiting(server)).toEqual([])
})

for (const [kind, count] of [
  ['in one piece', 400],
  ['in pieces', 1850],
] as const) {
  test(`an upload ${kind} that is cancelled while it is sent leaves nothing`, async ({ page, server, fleet }) => {
    const tables = ['events', 'stacking', 'hosts', 'risk', 'rules', 'uploads'] as const
    const counts = () => Promise.all(tables.map((table) => server.get(`/api/v1/${table}?limit=1000`)))
    const path = join(folder, `cancelled ${count}.xml`)
    const log = simulateLog({ dests: 20, days: 3, seed: 42, events: count, others: 0.99 })
    await pipeline(log, createWriteStream(path))
    const before = await counts()

    await page.goto('/uploads')
    await choose(page, path)
    const shown = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem')
    await expect(shown).toContainText('Reading')
    // Something of it has reached the server.
    const records = async () => {
      const { rows } = await server.get<{ rows: Receipt[] }>('/api/v1/uploads')
      return rows.find(({ name }) => name === `cancelled ${count}.xml`)?.records ?? 0
    }
    const arrived = async () => (kind === 'in pieces' ? (await waiting(server)).length : await records()) > 0
    await expect.poll(arrived).toBe(true)
    await page.getByRole('button', { name: `Cancel cancelled ${count}.xml` }).click()
    await expect(shown).toContainText('Cancelled')
    await expect.poll(counts).toEqual(before)
    await expect.poll(() => waiting(server)).toEqual([])
    // Nothing comes back behind it either: the server has read another log since.
    const { id } = await server.upload('later.xml', logOf(fleet.slice(0, 100)))
    await fetch(`${server.url}/api/v1/uploads/${id}`, { method: 'DELETE' })
    await expect.poll(counts).toEqual(before)
    expect(await waiting(server)).toEqual([])
  })
}
