import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defenderChannel } from '#lib/asr/channel.ts'
import { asrCodes, templates } from '#lib/asr/templates.ts'
import { inShort, read } from '#lib/formats/testing.ts'
import type { WrittenEvent } from '#tools/evtx-writer/event.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { chunkSize } from './chunk.ts'
import type { EvtxStats } from './file.ts'
import { fileHeaderSize } from './file.ts'
import { readEvtx } from './read.ts'
import { dest, event } from './testing.ts'

const ours = (code: number, more?: Partial<WrittenEvent>): WrittenEvent =>
  event(
    code,
    (templates[code] ?? []).map((name, index) => [name, index === 2 ? '' : `${name} ${code} ü😀`]),
    more,
  )

async function statsOf(log: Uint8Array): Promise<EvtxStats | undefined> {
  let stats: EvtxStats | undefined
  const source = (async function* () {
    yield log
  })()
  for await (const _ of readEvtx(source, { onStats: (found) => (stats = found) }));
  return stats
}

test('an event of each of the ten codes comes with every field as it was logged', async () => {
  for (const isInline of [false, true]) {
    const { events, rejects } = await read(readEvtx, evtxBytes(asrCodes.map((code) => ours(code, { isInline }))))
    assert.deepEqual(rejects, [])
    assert.deepEqual(
      events.map((read) => [read.event.EventCode, read.event.sections.EventData]),
      asrCodes.map((code) => [code, ours(code).fields]),
    )
  }
})

test('an event has its host, its time to 100 ns, its record id and System as Windows renders it', async () => {
  const logged = ours(1121, {
    time: Date.UTC(2023, 10, 20, 16, 29, 48, 984),
    ticks: 7638,
    recordId: 2975,
    activityId: '{fb36f2d9-5b89-4566-8af5-7c1212b4797f}',
  })
  const { events } = await read(readEvtx, evtxBytes([logged]))
  assert.deepEqual(events[0]?.place, { record: 1, line: null, offset: fileHeaderSize + 512 })
  const { sections, ...rest } = events[0]?.event ?? {}
  assert.deepEqual(rest, { EventCode: 1121, dest, time: logged.time, recordId: 2975 })
  assert.deepEqual(sections?.System, [
    ['Provider Name', 'Microsoft-Windows-Windows Defender'],
    ['Provider Guid', '{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'],
    ['EventID', '1121'],
    ['Version', '0'],
    ['Level', '4'],
    ['Task', '0'],
    ['Opcode', '0'],
    ['Keywords', '0x8000000000000000'],
    ['TimeCreated', '2023-11-20T16:29:48.9847638Z'],
    ['EventRecordID', '2975'],
    ['Correlation ActivityID', '{fb36f2d9-5b89-4566-8af5-7c1212b4797f}'],
    ['Execution ProcessID', '3488'],
    ['Execution ThreadID', '7496'],
    ['Channel', defenderChannel],
    ['Computer', dest],
    ['Security UserID', 'S-1-5-18'],
  ])
})

test('records that are not ours are counted by code, and by channel if it is another', async () => {
  for (const isInline of [false, true]) {
    const log = evtxBytes([
      event(1150, [['Product Name', 'x']], { isInline }),
      event(1150, [['Product Name', 'y']], { isInline }),
      event(4688, [], { isInline, channel: 'Security' }),
      event(1121, [], { isInline, channel: 'Security' }),
      ours(5007, { isInline, channel: defenderChannel.toUpperCase() }),
    ])
    const reading = await read(readEvtx, log)
    assert.deepEqual(inShort(reading), {
      events: [5007],
      others: { '1150': 2, 'Security/4688': 1, 'Security/1121': 1 },
      rejects: [],
    })
  }
})

test('NULs at the end of a value are stripped, other control characters stay', async () => {
  const { events } = await read(
    readEvtx,
    evtxBytes([
      event(1121, [
        ['Path', 'a\0b\u0001\r\n\0\0'],
        ['', 'unnamed'],
      ]),
    ]),
  )
  assert.deepEqual(events[0]?.event.sections.EventData, [
    ['Path', 'a\0b\u0001\r\n'],
    ['', 'unnamed'],
  ])
})

test('a log of many chunks is read complete, however its bytes are cut', async () => {
  const log = evtxBytes(
    Array.from({ length: 300 }, (_, i) =>
      i % 3 ? event(1150, [['Product Name', 'x'.repeat(i)]]) : ours(1121, { isInline: i % 2 === 0 }),
    ),
  )
  assert.ok(log.length > fileHeaderSize + 3 * chunkSize)
  const complete = await read(readEvtx, log)
  assert.equal(complete.events.length, 100)
  assert.equal(complete.others['1150'], 200)
  for (const size of [1000, 4096, 65536, 65537, 1 << 20])
    assert.deepEqual(await read(readEvtx, log, size), complete, `pieces of ${size}`)
  assert.deepEqual(
    await read(readEvtx, log.subarray(0, fileHeaderSize + 700), 1),
    await read(readEvtx, log.subarray(0, fileHeaderSize + 700)),
  )
})

test('versions 3.1 and 3.2, dirty and full logs are read and reported', async () => {
  const log = evtxBytes([ours(1121)], { version: '3.1', flags: 3 })
  assert.deepEqual(inShort(await read(readEvtx, log)).events, [1121])
  const none = { badChecksums: 0, badHeaders: 0, withoutTemplate: 0 }
  assert.deepEqual(await statsOf(log), { version: '3.1', isDirty: true, isFull: true, chunks: 1, ...none })
  const stats = await statsOf(evtxBytes([ours(1121, { isInline: true })]))
  assert.deepEqual(stats, { version: '3.2', isDirty: false, isFull: false, chunks: 1, ...none, withoutTemplate: 1 })
})

test('an empty log has no outcomes; a file that is not a log has one', async () => {
  assert.equal((await read(readEvtx, evtxBytes([]))).records, 0)
  assert.equal((await read(readEvtx, Buffer.alloc(0))).records, 0)
  for (const bytes of [Buffer.from('hello'), Buffer.alloc(10_000), Buffer.alloc(200_000, 'x')])
    assert.deepEqual(inShort(await read(readEvtx, bytes)).rejects, ['bad-structure'])
})
