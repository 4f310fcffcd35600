import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { rejectReasons } from '#lib/formats/outcome.ts'
import { read } from '#lib/formats/testing.ts'
import { chunkSize } from './chunk.ts'
import { fileHeaderSize } from './file.ts'
import { readEvtx } from './read.ts'
import { corpus, event } from './testing.ts'
import { evtxBytes } from './writer/write.ts'
import { renderEvtxRecord } from './xml.ts'

/** Numbers below `limit` that a seed decides. */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

type Mutation = (log: Buffer, below: (limit: number) => number) => Buffer

const mutations: Mutation[] = [
  (log, below) => {
    for (let i = below(40); i >= 0; i--) log[fileHeaderSize + below(log.length - fileHeaderSize)] = below(256)
    return log
  },
  // The first records, where the templates are: damage there reaches furthest.
  (log, below) => {
    for (let i = below(8); i >= 0; i--) log[fileHeaderSize + 512 + below(3000)] = below(256)
    return log
  },
  (log, below) => {
    for (let i = below(6); i >= 0; i--)
      log.writeUInt32LE([0, 1, 0xffff, 0xffffffff, below(chunkSize)][below(5)] ?? 0, below(log.length - 4))
    return log
  },
  (log, below) => log.subarray(0, below(log.length)),
  (log, below) => {
    const from = below(log.length)
    return log.fill(below(2) ? 0 : below(256), from, Math.min(log.length, from + below(9000)))
  },
  (log, below) => {
    const from = below(log.length)
    log.copy(log, below(log.length), from, from + below(5000))
    return log
  },
]

async function holdTotal(log: Buffer, name: string): Promise<void> {
  const { events, rejects } = await read(readEvtx, log, 50_000)
  for (const { reason, detail, snippet, offset } of rejects) {
    assert.ok(reason in rejectReasons && detail !== '' && snippet.length <= 300, name)
    assert.ok(offset >= 0 && offset < Math.max(1, log.length), name)
  }
  for (const { event } of events) assert.ok(event.dest !== '' && Number.isFinite(event.time), name)
  for (const { place } of events.slice(0, 3)) {
    const chunk = fileHeaderSize + Math.floor((place.offset - fileHeaderSize) / chunkSize) * chunkSize
    renderEvtxRecord(log.subarray(Math.max(0, chunk), chunk + chunkSize), place.offset - chunk)
  }
}

async function mutate(log: Buffer, times: number, name: string): Promise<void> {
  for (let seed = 1; seed <= times; seed++) {
    const mutation = mutations[seed % mutations.length]
    if (mutation) await holdTotal(mutation(Buffer.from(log), numbers(seed)), `${name}, seed ${seed}`)
  }
}

test('any damage to a log of ours ends in outcomes', async () => {
  const log = evtxBytes(
    Array.from({ length: 120 }, (_, i) =>
      event(
        i % 2 ? 1121 : 1150,
        [
          ['ID', `${i}`.repeat(30)],
          ['', 'x'.repeat(i)],
        ],
        { isInline: i % 5 === 0 },
      ),
    ),
  )
  await mutate(log, 600, 'ours')
})

test('any bytes at all end in outcomes', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const below = numbers(seed)
    const log = Buffer.from(Uint8Array.from({ length: below(150_000) }, () => below(256)))
    if (seed % 2) log.write('ElfFile\0')
    if (seed % 3 && log.length > 70_000) log.write('ElfChnk\0', fileHeaderSize)
    if (seed % 5 && log.length > 70_000)
      log.fill('2a2a000020010000', fileHeaderSize + 512, fileHeaderSize + 30_000, 'hex')
    await holdTotal(log, `seed ${seed}`)
  }
})

test('any damage to real logs ends in outcomes', async (t) => {
  const names = [
    'defender/ID5007-Defender threat exclusion (native).evtx',
    'defender/ID1116-1117-Defender threat detected.evtx',
    'general/Application_no_crc32.evtx',
    'general/MSExchange_Management_wec.evtx',
    'general/Security_short_selected.evtx',
  ]
  for (const name of names) {
    const path = join(corpus, 'evtx', name)
    if (!existsSync(path)) return t.skip(`${path} is not there`)
    await mutate(readFileSync(path), 120, name)
  }
})
