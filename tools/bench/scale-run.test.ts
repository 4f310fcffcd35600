import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { inChild } from './child.ts'
import { parseOptions } from './options.ts'
import { thisCheckout } from './scale-checkouts.ts'
import { writeByHost } from './scale-log.ts'
import type { Answer } from './scale-questions.ts'
import { measureIngest, tenthRates } from './scale-run.ts'

const folder = mkdtempSync(join(tmpdir(), 'scale-run-'))
after(() => rmSync(folder, { recursive: true }))

test('the rate of each tenth is interpolated between the commits that were seen', () => {
  const even = { stored: 100, points: [0, 50, 100].map((stored) => ({ seconds: stored / 10, stored })) }
  assert.deepEqual(
    tenthRates(even).map((rate) => Math.round(rate)),
    Array(10).fill(10),
  )
  const slower = {
    stored: 100,
    points: [
      { seconds: 2, stored: 0 },
      { seconds: 3, stored: 50 },
      { seconds: 13, stored: 100 },
    ],
  }
  assert.deepEqual(
    tenthRates(slower).map((rate) => Math.round(rate)),
    [50, 50, 50, 50, 50, 5, 5, 5, 5, 5],
  )
})

test('this checkout stores a log and answers every question', async () => {
  const log = { events: 400, hosts: 4, days: 30, withoutId: 10, seed: 7 }
  writeByHost(log, join(folder, 'log'))
  const files = [1, 2, 3, 4].map((host) => join(folder, 'log', `host-0000${host}.xml`))
  const dataFolder = join(folder, 'data')
  const checkout = thisCheckout()
  const run = await measureIngest(checkout, dataFolder, [files.slice(0, 2), files.slice(2)])
  assert.equal(run.stored, 400)
  assert.ok(run.fileBytes > 0)
  const pages = [...run.trees.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  assert.ok(pages > 0 && pages <= run.fileBytes)
  if (process.platform === 'linux') {
    assert.ok((run.wchar ?? 0) >= run.fileBytes, 'what is in the file was written')
    assert.ok((run.peak ?? 0) > 2 ** 20)
  }

  const args = [checkout.root, 'PC-00002.corp.example.com', '1']
  const answers = await inChild<Answer[]>('scale-questions.ts', args, { cwd: checkout.root, dataFolder })
  const totals = new Map(answers.map(({ name, total }) => [name, total]))
  assert.equal(totals.get('events, newest'), 400)
  assert.equal(totals.get('overview'), 400)
  assert.equal(totals.get('hosts'), 4)
  assert.ok(answers.every(({ ms }) => ms.length === 1))
})

test('scale runs only if it is named, and shares --events with ingest', () => {
  assert.deepEqual(parseOptions([])?.only, ['ingest', 'formats', 'pages', 'screens', 'memory', 'evtx', 'sync'])
  const scale = parseOptions(['--only', 'scale', '--orders', 'tar,time', '--without-id', '0'])
  assert.deepEqual(
    [scale?.only, scale?.orders, scale?.scaleEvents, scale?.hosts, scale?.withoutId, scale?.events],
    [['scale'], ['tar', 'time'], 5_000_000, 10_000, 0, 200_000],
  )
  const fewer = parseOptions(['--events', '1000'])
  assert.deepEqual([fewer?.scaleEvents, fewer?.events], [1000, 1000])
  assert.throws(() => parseOptions(['--orders', 'rule']), /--orders names "rule"; give some of time,files,tar/)
  assert.throws(() => parseOptions(['--only', 'speed']), /--only names "speed"/)
})
