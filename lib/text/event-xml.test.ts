import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoggedEvent, Section } from '#lib/asr/event.ts'
import { chunkSize } from '#lib/formats/evtx/chunk.ts'
import { fileHeaderSize } from '#lib/formats/evtx/file.ts'
import { readEvtx } from '#lib/formats/evtx/read.ts'
import { renderEvtxRecord } from '#lib/formats/evtx/xml.ts'
import { corpusFiles, noCorpus, read, readAny } from '#lib/formats/testing.ts'
import { evtx } from '#tools/logs/evtx.ts'
import { sampleLogs } from '#tools/logs/logs.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { eventXml } from './event-xml.ts'

const events = [...simulate({ seed: 8, dests: 5, days: 5, events: 300, others: 0 })]

const fieldsOf = ({ sections }: LoggedEvent) =>
  Object.entries(sections).flatMap(([section, fields]) =>
    fields.map(([name, value]) => ({ section: section as Section, name, value })),
  )

/** The XML of each event of ours in an EVTX file, rendered from its record and built again from its fields. */
async function bothOf(log: Buffer): Promise<[rendered: string | null | undefined, built: string | null][]> {
  const { events } = await read(readEvtx, log)
  return events.map(({ event, place }) => {
    const chunk = fileHeaderSize + Math.floor((place.offset - fileHeaderSize) / chunkSize) * chunkSize
    const rendered = renderEvtxRecord(log.subarray(chunk, chunk + chunkSize), place.offset - chunk)
    return [rendered?.xml, eventXml(fieldsOf(event))]
  })
}

/** An element without content may be written in two ways. */
const inOneWay = (xml: string | null | undefined) => xml?.replaceAll(/<(Data[^<>]*)><\/Data>/g, '<$1/>')

for (const isInline of [false, true]) {
  test(`the XML built of an event's fields is that of its record${isInline ? ' without templates' : ''}`, async () => {
    const both = await bothOf(evtx(events, isInline))
    assert.equal(both.length, events.length)
    for (const [rendered, built] of both) assert.equal(inOneWay(built), inOneWay(rendered))
  })
}

test('the XML built of real events is that of their records', {
  skip: corpusFiles('evtx/defender') ? false : noCorpus,
}, async () => {
  let compared = 0
  for (const { bytes } of corpusFiles('evtx/defender') ?? []) {
    for (const [rendered, built] of await bothOf(bytes)) {
      assert.equal(inOneWay(built), inOneWay(rendered))
      compared++
    }
  }
  assert.ok(compared > 0)
})

test('the XML built of an event from XML is read as the same event, rendered message and all', async () => {
  for (const { name, bytes } of sampleLogs(events).filter(({ format }) => format === 'xml')) {
    const logged = (await readAny(bytes)).events.map(({ event }) => event)
    const built = logged.map((event) => eventXml(fieldsOf(event)))
    const again = (await readAny(Buffer.from(built.join('\n')))).events.map(({ event }) => event)
    assert.equal(again.length, events.length)
    assert.deepEqual(again, logged, name)
  }
})

test('an event whose fields are not those of its XML has none', async () => {
  for (const { name, bytes } of sampleLogs(events).filter(({ losses }) => losses.includes('message'))) {
    if (name.startsWith('Event Viewer')) continue
    const [first] = (await readAny(bytes)).events
    assert.ok(first, name)
    assert.equal(eventXml(fieldsOf(first.event)), null, name)
  }
})
