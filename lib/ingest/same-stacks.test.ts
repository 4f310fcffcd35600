import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import { detectionOf, paramsOf } from '#lib/query/testing.ts'
import { type Loss, sampleLogs } from '#tools/logs/logs.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'
import { renderXml } from '#tools/simulate/render-xml.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { openFixture, sendLog } from './testing.ts'

const november = { seed: 5, dests: 12, days: 10, events: 600, others: 0.2, end: Date.parse('2026-11-11T18:00:00Z') }
const events = [...simulate(november)]
const given = 'HOST-OF-THE-FILE'

/** The event as a format with these losses keeps it. Their times are compared to the second. */
function kept(event: SimulatedEvent, losses: readonly Loss[]): SimulatedEvent {
  const loses = (loss: Loss): boolean => losses.includes(loss)
  const hasNoId = loses('message') && (event.EventCode === 1125 || event.EventCode === 1126)
  const values = event.values.map((value, index) => (hasNoId && event.names[index] === 'ID' ? '' : value))
  return { ...event, values, dest: loses('dest') ? given : event.dest }
}

/** The rows of each detection of a log that was read into a store of its own, in one order. */
async function tablesOf(log: Uint8Array | string, tz: string): Promise<Record<DetectionKey, string[]>> {
  const fixture = openFixture()
  try {
    const { ending, receipt } = await sendLog(fixture, log, { tz, dest: given })
    assert.deepEqual(ending, { state: 'done' })
    assert.equal(receipt?.rejects, 0)
    const tables: Partial<Record<DetectionKey, string[]>> = {}
    for (const key of detectionKeys) {
      const { rows } = await detectionOf(fixture.reads, key, paramsOf(key, 'limit=10000'))
      const second = (time: number): number => Math.floor(time / 1000)
      tables[key] = rows
        .map(({ stack, firstTime, lastTime, ...row }) =>
          JSON.stringify({ ...row, firstTime: second(firstTime), lastTime: second(lastTime) }),
        )
        .sort()
    }
    return tables as Record<DetectionKey, string[]>
  } finally {
    await fixture.close()
  }
}

const xmlOf = (losses: readonly Loss[]): string => events.map((event) => renderXml(kept(event, losses))).join('\n')

for (const { name, tz, bytes, losses } of sampleLogs(events)) {
  const what = losses.length === 0 ? '' : ` but for ${losses.join(', ')}`
  test(`the five detections show the same rows from ${name} as from XML${what}`, async () => {
    const tables = await tablesOf(bytes, tz)
    assert.ok(Object.values(tables).every((rows) => rows.length > 1))
    assert.deepEqual(tables, await tablesOf(xmlOf(losses), tz))
  })
}

test('what a format loses is what docs/formats.md says it loses', () => {
  const docs = readFileSync('docs/formats.md', 'utf8')
  for (const { name, format, losses } of sampleLogs(events.slice(0, 3))) {
    const row = docs.split('\n').find((line) => line.startsWith('| [') && line.includes(`\`${format}\``)) ?? ''
    const [, , , , dest, recordId, data] = row.split('|').map((cell) => cell.trim())
    assert.equal(dest === '**no**', losses.includes('dest'), `${name}: ${row}`)
    assert.equal(recordId === '**no**', losses.includes('recordId'), `${name}: ${row}`)
    if (data !== 'as `_raw`') assert.equal(data === 'message', losses.includes('message'), `${name}: ${row}`)
  }
})
