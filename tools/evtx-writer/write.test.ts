import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readEvtx } from '#lib/formats/evtx/read.ts'
import { event } from '#lib/formats/evtx/testing.ts'
import { read } from '#lib/formats/testing.ts'
import type { WrittenEvent } from './event.ts'
import { evtxBytes, writeEvtxFile } from './write.ts'

const many: WrittenEvent[] = Array.from({ length: 400 }, (_, i) =>
  event(
    i % 2 ? 1121 : 1150,
    [
      ['ID', `{${i}}`],
      ['Path', `C:\\<${'x'.repeat(i)}>\\ü`],
      [`Name ${i % 7}`, ''],
    ],
    { recordId: 1000 + i },
  ),
)

test('a file is the same written to disk and in memory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evtx-'))
  try {
    const written = writeEvtxFile(join(folder, 'a.evtx'), many)
    assert.deepEqual({ ...written, chunks: 0 }, { chunks: 0, records: 400, nextId: 1400 })
    assert.ok(evtxBytes(many).equals(readFileSync(join(folder, 'a.evtx'))))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what is written is what is read', async () => {
  const { events, others, rejects } = await read(readEvtx, evtxBytes(many))
  assert.deepEqual(rejects, [])
  assert.deepEqual(others, { '1150': 200 })
  const ours = many.filter(({ EventCode }) => EventCode === 1121)
  assert.deepEqual(
    events.map(({ event }) => [event.recordId, event.time, event.sections.EventData]),
    ours.map(({ recordId, time, fields }) => [recordId, time, fields]),
  )
})

test('an event that fits into no chunk is refused', () => {
  assert.throws(() => evtxBytes([event(1121, [['Path', 'x'.repeat(40_000)]])]), /65536 at most/)
})

test('libevtx reads what is written', (t) => {
  if (spawnSync('evtxexport', ['-V']).error) return t.skip('evtxexport (libevtx-utils) is not there')
  const folder = mkdtempSync(join(tmpdir(), 'evtx-'))
  try {
    const path = join(folder, 'a.evtx')
    writeEvtxFile(path, many)
    const { stdout, status } = spawnSync('evtxexport', ['-f', 'xml', path], { encoding: 'utf8', maxBuffer: 1 << 26 })
    assert.equal(status, 0)
    assert.equal(stdout.match(/<EventRecordID>/g)?.length, many.length)
    const paths = Array.from(stdout.matchAll(/<Data Name="Path">([^<]*)</g), ([, text]) =>
      text?.replace('&lt;', '<').replace('&gt;', '>'),
    )
    assert.deepEqual(
      paths,
      many.map(({ fields }) => fields[1]?.[1]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
