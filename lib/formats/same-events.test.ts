import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Canonical, canonicalFields } from '#lib/asr/canonical.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { asrCodes } from '#lib/asr/templates.ts'
import { readLog } from '#lib/formats/readers.ts'
import { inShort, read } from '#lib/formats/testing.ts'
import { type Loss, sampleLogs } from '#tools/logs/logs.ts'
import * as windows from '#tools/logs/windows.ts'
import { renderXml } from '#tools/simulate/render-xml.ts'
import { simulate } from '#tools/simulate/simulate.ts'

/** Two simulated events of each of the ten codes, from the first days of a month, which can be read as a month too. */
const november = { seed: 5, dests: 40, days: 10, events: 3000, others: 0, end: Date.parse('2026-11-11T18:00:00Z') }
const simulated = [...simulate(november)]
const events = asrCodes.flatMap((code) => simulated.filter((event) => event.EventCode === code).slice(0, 2))
type Same = { EventCode: number; dest: string; second: number; recordId: number | null } & Canonical

function sameOf(event: LoggedEvent, losses: readonly Loss[]): Same {
  const canonical = canonicalFields(event)
  if (losses.includes('message') && (event.EventCode === 1125 || event.EventCode === 1126)) canonical.ID = null
  return {
    EventCode: event.EventCode,
    dest: losses.includes('dest') ? 'given' : event.dest,
    second: Math.floor(event.time / 1000),
    recordId: losses.includes('recordId') ? null : event.recordId,
    ...canonical,
  }
}

async function readAs(log: string | Buffer, zone: string) {
  let format = ''
  const reading = await read(
    async function* (bytes, options) {
      const reading = await readLog(bytes, { ...options, dest: 'given' })
      format = reading.format
      yield* reading.outcomes
    },
    log,
    1000,
    zone,
  )
  return { format, ...reading }
}

test('the events chosen are two of each code', () => {
  assert.deepEqual(
    events.map((event) => event.EventCode),
    asrCodes.flatMap((code) => [code, code]),
  )
})

for (const { name, format, bytes, tz, losses } of sampleLogs(events)) {
  test(`the same events come out of ${name}`, async () => {
    const reading = await readAs(bytes, tz)
    assert.equal(reading.format, format)
    assert.deepEqual(inShort(reading), { events: events.map((event) => event.EventCode), others: {}, rejects: [] })
    const xml = await readAs(events.map(renderXml).join('\n'), tz)
    assert.deepEqual(
      reading.events.map(({ event }) => sameOf(event, losses)),
      xml.events.map(({ event }) => sameOf(event, losses)),
    )
  })
}

test('advanced hunting has the same fields of ASR events, but no EventRecordID and no versions', async () => {
  const ours = events.filter((event) => windows.huntingCodes.includes(event.EventCode))
  const reading = await readAs(windows.huntingCsv(ours), 'UTC')
  assert.equal(reading.format, 'defender-hunting-csv')
  const xml = await readAs(ours.map(renderXml).join('\n'), 'UTC')
  const lower = ({ Process_Name, Path, Signature_Version: _, Engine_Version: __, ...same }: Same) => ({
    ...same,
    Process_Name: Process_Name?.toLowerCase(),
    Path: Path?.toLowerCase(),
  })
  assert.deepEqual(
    reading.events.map(({ event }) => lower(sameOf(event, ['recordId']))),
    xml.events.map(({ event }) => lower(sameOf(event, ['recordId']))),
  )
})
