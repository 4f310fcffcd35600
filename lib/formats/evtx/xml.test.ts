import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { templates } from '#lib/asr/templates.ts'
import { read } from '#lib/formats/testing.ts'
import { readXml } from '#lib/formats/xml/xml.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { fileHeaderSize } from './file.ts'
import { readEvtx } from './read.ts'
import { corpus, event } from './testing.ts'
import { renderEvtxRecord } from './xml.ts'

/** Checks that the events of a log of one chunk are the same read from it and from the XML of its records. */
async function holdSame(log: Buffer, count: number): Promise<void> {
  const { events, rejects } = await read(readEvtx, log)
  assert.equal(events.length, count)
  assert.deepEqual(rejects, [])
  const chunk = log.subarray(fileHeaderSize)
  const xml = events.map(({ place }) => renderEvtxRecord(chunk, place.offset - fileHeaderSize)?.xml ?? '')
  const reread = await read(readXml, xml.join('\n'))
  assert.deepEqual(
    reread.events.map(({ event }) => event),
    events.map(({ event }) => event),
  )
}

test('an event is the same read from EVTX and from its XML', async () => {
  const values = ['', ' ', 'C:\\a & b\\<c>.exe', '"quoted" \'twice\'', 'ü😀\r\nline', 'tab\t%%827']
  const codes = Object.keys(templates).map(Number)
  const log = codes.map((code, i) =>
    event(
      code,
      [
        ...(templates[code] ?? []).map((name, j): [string, string] => [name, values[(i + j) % values.length] ?? '']),
        ['', 'unnamed'],
      ],
      {
        isInline: i % 2 === 1,
      },
    ),
  )
  await holdSame(evtxBytes(log), codes.length)
})

test('real events are the same read from EVTX and from their XML', async (t) => {
  const path = join(corpus, 'evtx/defender/ID5007-Defender threat exclusion (native).evtx')
  if (!existsSync(path)) return t.skip(`${path} is not there`)
  await holdSame(readFileSync(path), 4)
})
