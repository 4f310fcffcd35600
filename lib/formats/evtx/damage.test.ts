import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inShort, read } from '#lib/formats/testing.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { chunkSize } from './chunk.ts'
import type { EvtxStats } from './file.ts'
import { fileHeaderSize } from './file.ts'
import { readEvtx } from './read.ts'
import { event } from './testing.ts'

const rule = '3B576869-A4EC-4529-8536-B80A7769E899'
const first = fileHeaderSize + 512

/** Three events of ours, each with a path of its own, and where their records begin. */
function threeEvents(): { log: Buffer; at: number[] } {
  const log = evtxBytes(
    [1, 2, 3].map((i) =>
      event(1121, [
        ['ID', rule],
        ['Path', `C:\\${i}.exe`],
      ]),
    ),
  )
  const at = [first]
  for (let i = 0; i < 2; i++) at.push((at[i] ?? 0) + log.readUInt32LE((at[i] ?? 0) + 4))
  return { log, at }
}

const paths = async (log: Buffer): Promise<unknown[]> => {
  const { events, rejects } = await read(readEvtx, log)
  return [...events.map(({ event }) => event.sections.EventData?.[1]?.[1]), ...rejects.map((reject) => reject.reason)]
}

async function badChecksums(log: Buffer): Promise<number | undefined> {
  let stats: EvtxStats | undefined
  const source = (async function* () {
    yield log
  })()
  for await (const _ of readEvtx(source, { onStats: (found) => (stats = found) }));
  return stats?.badChecksums
}

test('a record with a wrong size costs nothing if its content is intact', async () => {
  for (const size of [0, 7, 99, 60_000, 0xffffffff]) {
    const { log, at } = threeEvents()
    log.writeUInt32LE(size, (at[1] ?? 0) + 4)
    assert.deepEqual(await paths(log), ['C:\\1.exe', 'C:\\2.exe', 'C:\\3.exe'], `size ${size}`)
  }
})

test('a record whose values were wiped is a reject, and its neighbours are read', async () => {
  const { log, at } = threeEvents()
  log.fill(0xff, (at[1] ?? 0) + 60, (at[2] ?? 0) - 4)
  const { rejects } = await read(readEvtx, log)
  assert.deepEqual(await paths(log), ['C:\\1.exe', 'C:\\3.exe', 'bad-checksum'])
  assert.equal(rejects[0]?.record, 2)
  assert.equal(rejects[0]?.offset, at[1])
  assert.match(rejects[0]?.snippet ?? '', /^2a 2a 00 00 .* \|\*\*\.\./)
  assert.match(rejects[0]?.detail ?? '', /^the checksum of its chunk is wrong, and /)
})

test('a chunk whose checksum is wrong is read as far as it is intact, and reported', async () => {
  const { log } = threeEvents()
  assert.equal(await badChecksums(log), 0)
  log.writeUInt32LE(1, fileHeaderSize + 52)
  assert.deepEqual(await paths(log), ['C:\\1.exe', 'C:\\2.exe', 'C:\\3.exe'])
  assert.equal(await badChecksums(log), 1)
})

test('a chunk that lost its header, and a file that lost its own, are read', async () => {
  const { log } = threeEvents()
  assert.deepEqual(await paths(log.subarray(fileHeaderSize)), ['C:\\1.exe', 'C:\\2.exe', 'C:\\3.exe'])
  log.fill(0, 0, fileHeaderSize + 512)
  assert.deepEqual(await paths(log), ['C:\\1.exe', 'C:\\2.exe', 'C:\\3.exe'])
})

test('a file that was cut off returns what it has; the record it was cut in counts as other if it can be identified', async () => {
  const { log, at } = threeEvents()
  assert.deepEqual(await paths(log.subarray(0, (at[2] ?? 0) + 100)), ['C:\\1.exe', 'C:\\2.exe', 'cut-off'])
  assert.deepEqual(await paths(log.subarray(0, at[2])), ['C:\\1.exe', 'C:\\2.exe'])
  const other = evtxBytes([1, 2].map(() => event(1150, [['Product Name', 'x'.repeat(500)]])))
  const end = first + other.readUInt32LE(first + 4) + 600
  assert.deepEqual(inShort(await read(readEvtx, other.subarray(0, end))), {
    events: [],
    others: { '1150': 2 },
    rejects: [],
  })
})

test('a template that a chunk has lost is taken from an earlier chunk of the log', async () => {
  const log = evtxBytes(
    Array.from({ length: 120 }, (_, i) =>
      event(1121, [
        ['ID', rule],
        ['Path', `${i}`.padEnd(400, '.')],
      ]),
    ),
  )
  const second = fileHeaderSize + chunkSize
  assert.ok(log.length > second)
  const complete = await read(readEvtx, log)
  // The page that contains the templates, and with them the first records of the chunk.
  log.fill(0, second, second + 4096)
  const { events, rejects } = await read(readEvtx, log)
  assert.ok(events.length > 110 && events.length < 120, `${events.length} events`)
  const kept = complete.events.filter(({ place }) => events.some((read) => read.place.offset === place.offset))
  assert.deepEqual(
    events.map(({ event }) => event),
    kept.map(({ event }) => event),
  )
  assert.deepEqual(rejects, [])
})

test('records that the header of a chunk in use does not know yet are read', async () => {
  const { log, at } = threeEvents()
  log.writeUInt32LE((at[1] ?? 0) - fileHeaderSize, fileHeaderSize + 48)
  assert.deepEqual(await paths(log), ['C:\\1.exe', 'C:\\2.exe', 'C:\\3.exe'])
})

test('bytes between records in which none begins are a reject of their own', async () => {
  const { log, at } = threeEvents()
  log.fill(0x41, at[1] ?? 0, at[2] ?? 0)
  assert.deepEqual(await paths(log), ['C:\\1.exe', 'C:\\3.exe', 'bad-checksum'])
})
