import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asrCodes, isAsrCode, templates } from '#lib/asr/templates.ts'
import type { SimulatedEvent } from './event.ts'
import { simulateLog } from './log.ts'
import { defaultEnd, type SimulateOptions } from './options.ts'
import { otherTemplates } from './other-templates.ts'
import { ruleIds } from './rules.ts'
import { simulate } from './simulate.ts'
import { stormVersion } from './versions.ts'

const dataOf = (event: SimulatedEvent, name: string) => event.values[event.names.indexOf(name)] ?? ''

async function bytesOf(options: Partial<SimulateOptions>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of simulateLog(options)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const fleet = [...simulate({ dests: 60, days: 30, events: 12_000 })]

test('the same arguments give the same bytes, another seed others', async () => {
  const small = { dests: 12, days: 3, events: 500 }
  const first = await bytesOf(small)
  assert.equal(await bytesOf(small), first)
  assert.notEqual(await bytesOf({ ...small, seed: 8 }), first)
})

test('all ten codes and the usual others of the channel occur', () => {
  const seen = new Set(fleet.map((event) => event.EventCode))
  for (const code of [...asrCodes, 1150, 1151, 2000]) assert.ok(seen.has(code), `no ${code}`)
  const large = new Set<number>()
  for (const event of simulate({ events: 1000, others: 0.95 })) large.add(event.EventCode)
  assert.ok(large.has(1116), 'no 1116')
})

test('all nineteen rules fire', () => {
  const fired = new Set(fleet.map((event) => dataOf(event, 'ID').toLowerCase()))
  for (const event of simulate({ events: 60_000, others: 0 })) fired.add(dataOf(event, 'ID').toLowerCase())
  for (const [name, id] of Object.entries(ruleIds)) assert.ok(fired.has(id), `${name} never fires`)
})

test('every event has the fields of its template, in logged order', () => {
  for (const event of fleet) {
    assert.deepEqual(event.names, templates[event.EventCode] ?? otherTemplates[event.EventCode])
    assert.equal(event.values.length, event.names.length)
  }
})

test('events come in order of time and inside the days asked for', () => {
  let before = ''
  for (const event of fleet) {
    assert.ok(event.systemTime >= before, `${event.systemTime} after ${before}`)
    assert.match(event.systemTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/)
    assert.equal(Date.parse(event.systemTime), event.time)
    before = event.systemTime
  }
  assert.ok((fleet[0]?.time ?? 0) >= defaultEnd - 30 * 86_400_000)
  assert.ok((fleet.at(-1)?.time ?? 0) <= defaultEnd)
  assert.ok((fleet.at(-1)?.time ?? 0) > defaultEnd - 3_600_000)
})

test('exactly as many ASR events come out as were asked for, and the share of others', () => {
  for (const events of [1, 7, 99, 2500]) {
    for (const dests of [1, 3, 40]) {
      const codes = Array.from(simulate({ dests, days: 2, events, others: 0.2 }), (event) => event.EventCode)
      const ours = codes.filter(isAsrCode).length
      assert.equal(ours, events)
      assert.equal(codes.length - ours, Math.round(events / 4))
    }
  }
  assert.ok(Array.from(simulate({ events: 500, others: 0 })).every((event) => isAsrCode(event.EventCode)))
})

test('a log of a billion events begins at once: nothing is kept', () => {
  const events = simulate({ dests: 50, events: 1_000_000_000 })
  const before = process.memoryUsage().heapUsed
  for (let count = 0; count < 20_000; count++) events.next()
  events.return()
  assert.ok(process.memoryUsage().heapUsed - before < 200_000_000)
})

test('EventRecordIDs grow per host, but for the log that was cleared', () => {
  const last = new Map<string, number>()
  const cleared = new Set<string>()
  const identities = new Set<string>()
  for (const { dest, recordId, EventCode, systemTime } of fleet) {
    const before = last.get(dest)
    if (before !== undefined && recordId !== before + 1) {
      assert.equal(recordId, 1)
      cleared.add(dest)
    }
    last.set(dest, recordId)
    identities.add([dest, recordId, EventCode, systemTime.slice(0, 19)].join())
  }
  assert.equal(cleared.size, 1)
  assert.equal(identities.size, fleet.length)
})

test('the same rule blocks on some hosts and audits on others', () => {
  const hostsWith = (code: number) =>
    new Set(
      fleet
        .filter((e) => e.EventCode === code && dataOf(e, 'ID').toLowerCase() === ruleIds.psexecWmi)
        .map((e) => e.dest),
    )
  assert.ok(hostsWith(1121).size > 2)
  assert.ok(hostsWith(1122).size > 2)
})

test('few hosts cause most of the noise of a source', () => {
  const counts = new Map<string, number>()
  for (const event of simulate({ dests: 300, events: 20_000, others: 0 })) {
    if (dataOf(event, 'ID').toLowerCase() !== ruleIds.psexecWmi) continue
    counts.set(event.dest, (counts.get(event.dest) ?? 0) + 1)
  }
  const sorted = [...counts.values()].sort((a, b) => b - a)
  const total = sorted.reduce((sum, count) => sum + count, 0)
  const loudest = sorted.slice(0, 60).reduce((sum, count) => sum + count, 0)
  assert.ok(loudest > total * 0.4, `${loudest} of ${total}`)
})

test('office hours are busier than nights', () => {
  const at = (hours: number[]) => fleet.filter((event) => hours.includes(new Date(event.time).getUTCHours())).length
  assert.ok(at([8, 9, 10]) > 2 * at([1, 2, 3]))
})

test('the false-positive storm is tied to one version of security intelligence', () => {
  const storm = fleet.filter(
    (event) => dataOf(event, 'Path').endsWith('.lnk') && dataOf(event, 'Process Name').endsWith('explorer.exe'),
  )
  assert.ok(storm.length > 50)
  assert.deepEqual([...new Set(storm.map((event) => dataOf(event, 'Security intelligence Version')))], [stormVersion])
})

test('LSASS noise comes with both orders of its roles', () => {
  const lsass = [...simulate({ dests: 200 })].filter((event) => dataOf(event, 'ID').toLowerCase() === ruleIds.lsass)
  assert.ok(lsass.some((event) => dataOf(event, 'Path').endsWith('lsass.exe')))
  assert.ok(lsass.some((event) => dataOf(event, 'Process Name').endsWith('lsass.exe')))
})

test('some hosts fall silent well before the end, and some are new', () => {
  const seen = new Map<string, { first: number; last: number }>()
  for (const event of simulate({ dests: 200 })) {
    const span = seen.get(event.dest) ?? { first: event.time, last: event.time }
    seen.set(event.dest, { first: span.first, last: event.time })
  }
  const spans = [...seen.values()]
  assert.ok(spans.filter(({ last }) => last < defaultEnd - 4 * 86_400_000).length >= 3)
  assert.ok(spans.filter(({ first }) => first > defaultEnd - 2 * 86_400_000).length >= 1)
  assert.ok(seen.size >= 195)
})

test('some fields are empty, some users unknown, some command lines long', () => {
  assert.ok(fleet.some((event) => event.names.includes('Path') && dataOf(event, 'Path') === ''))
  assert.ok(fleet.some((event) => event.EventCode === 1122 && dataOf(event, 'Target Commandline') === ''))
  assert.ok(fleet.some((event) => dataOf(event, 'User') === '(unknown user)'))
  assert.ok(fleet.some((event) => dataOf(event, 'Target Commandline').length > 2000))
  assert.ok(fleet.some((event) => event.dest.includes('.')) && fleet.some((event) => !event.dest.includes('.')))
})

test('no placeholder is left unfilled', () => {
  for (const event of fleet) {
    for (const value of event.values) assert.doesNotMatch(value, /\{(?![0-9a-fA-F-]{36}\})[a-zA-Z0-9|]*\}|undefined/)
  }
})
