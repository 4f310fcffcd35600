import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Trace } from '#lib/formats/outcome.ts'
import { readLog } from '#lib/formats/readers.ts'
import { cut, textEvent, xmlEvent } from '#lib/formats/testing.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'

/** The traces of a log, and how many of its records were events and others. */
async function tracesOf(log: string | Uint8Array) {
  const traces: Trace[] = []
  const kinds: string[] = []
  const bytes = typeof log === 'string' ? Buffer.from(log) : log
  const { outcomes } = await readLog(cut(bytes, 4096), { tz: 'UTC', onTrace: (trace) => traces.push(trace) })
  for await (const list of outcomes)
    for (const outcome of list)
      kinds.push(...Array.from({ length: outcome.kind === 'other' ? outcome.count : 1 }, () => outcome.kind))
  return { traces, kinds: kinds.sort() }
}

const time = Date.parse('2023-11-20T16:29:48.984Z')
const kinds = ['event', 'other', 'other']
const security = 'Security'

test('EVTX reports when and where a record of the channel was logged that is not kept, and of no other', async () => {
  for (const isInline of [false, true]) {
    const common = { dest: 'host1', time, ticks: 7638, fields: [], isInline }
    const log = evtxBytes([
      { ...common, EventCode: 1121, recordId: 2974 },
      { ...common, EventCode: 1150, recordId: 2975 },
      { ...common, EventCode: 4688, recordId: 9, channel: security },
    ])
    assert.deepEqual(await tracesOf(log), { traces: [{ EventCode: 1150, dest: 'host1', recordId: 2975, time }], kinds })
  }
})

test('XML does, with its namespaces and in any order, even if the rest of the record is damaged', async () => {
  const others = xmlEvent(4688, '', security)
  const traces = [{ EventCode: 1150, dest: 'host1', recordId: 2975, time }]
  assert.deepEqual(await tracesOf(xmlEvent(1121) + xmlEvent(1150) + others), { traces, kinds })
  const cutOff = xmlEvent(1150).slice(0, -40)
  assert.deepEqual(await tracesOf(xmlEvent(1121) + cutOff + others), { traces, kinds })
  const swapped = xmlEvent(1150).replace(/(<EventRecordID>.*?<\/EventRecordID>)(.*)(<Channel>)/, '$2$1$3')
  assert.notEqual(swapped, xmlEvent(1150))
  assert.deepEqual(await tracesOf(xmlEvent(1121) + swapped + others), { traces, kinds })
})

test('XML reports a computer whose name is not ASCII, or is escaped', async () => {
  const of = async (name: string) => (await tracesOf(xmlEvent(1150).replace('>host1<', `>${name}<`))).traces[0]?.dest
  assert.equal(await of('BÜRO-Ж'), 'BÜRO-Ж')
  assert.equal(await of('a&amp;b'), 'a&b')
})

test('the text of a forwarder does, to the second', async () => {
  const log = [textEvent(1121, 'x'), textEvent(1150, 'x'), textEvent(4688, 'x', security)].join('')
  const second = time - 984
  assert.deepEqual(await tracesOf(log), {
    traces: [{ EventCode: 1150, dest: 'host1', recordId: 2975, time: second }],
    kinds,
  })
})

test('JSON and CSV of PowerShell do; a date that can be read in two ways is none', async () => {
  const rows = [1121, 1150, 4688].map((Id) => ({
    Id,
    RecordId: 2975,
    LogName: Id === 4688 ? security : 'Microsoft-Windows-Windows Defender/Operational',
    MachineName: 'host1',
    TimeCreated: '2023-11-20T16:29:48.9847638Z',
    Message: 'x',
  }))
  const traces = [{ EventCode: 1150, dest: 'host1', recordId: 2975, time }]
  assert.deepEqual(await tracesOf(JSON.stringify(rows)), { traces, kinds })
  const csv = (written: string) =>
    [
      'Id,RecordId,LogName,MachineName,TimeCreated,Message',
      ...rows.map((row) =>
        Object.values({ ...row, TimeCreated: written })
          .map((cell) => `"${cell}"`)
          .join(','),
      ),
    ].join('\r\n')
  assert.deepEqual(await tracesOf(csv('20.11.2023 16:29:48')), {
    traces: [{ EventCode: 1150, dest: 'host1', recordId: 2975, time: time - 984 }],
    kinds,
  })
  const unsure = await tracesOf(csv('03/04/2023 16:29:48'))
  assert.deepEqual(unsure.traces, [{ EventCode: 1150, dest: 'host1', recordId: 2975, time: null }])
})
