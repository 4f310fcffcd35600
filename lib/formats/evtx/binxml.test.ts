import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inShort, read } from '#lib/formats/testing.ts'
import { writeFragmentHeader, writeNode } from '#tools/evtx-writer/binxml.ts'
import type { ChunkBuilder } from '#tools/evtx-writer/chunk-builder.ts'
import { newChunkBuilder } from '#tools/evtx-writer/chunk-builder.ts'
import type { Node } from '#tools/evtx-writer/node.ts'
import { node, slot } from '#tools/evtx-writer/node.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { readEvtx } from './read.ts'
import type { TypedValue } from './testing.ts'
import { event, literalEvent, oneChunk, writeRaw, writeTyped } from './testing.ts'
import { arrayFlag, valueType } from './value-type.ts'
import { renderEvtxRecord } from './xml.ts'

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** EventData of an event whose EventData has this content in its template, and these values. */
async function dataOf(content: Node['content'], values: TypedValue[]): Promise<unknown> {
  const log = oneChunk((builder) =>
    writeRaw(builder, () => writeTyped(builder, 'T', literalEvent(1121, content), values)),
  )
  const { events, rejects } = await read(readEvtx, log)
  assert.deepEqual(rejects, [])
  return events[0]?.event.sections.EventData
}

test('a list of strings repeats its element', async () => {
  const data = node('Data', [slot(0, valueType.string | arrayFlag)])
  assert.deepEqual(await dataOf([data], [[valueType.string | arrayFlag, utf16('a\0\0b\0')]]), [
    ['', 'a'],
    ['', ''],
    ['', 'b'],
  ])
  const numbers: TypedValue = [valueType.uint32 | arrayFlag, Buffer.from([1, 0, 0, 0, 2, 0, 0, 0])]
  assert.deepEqual(await dataOf([data], [numbers]), [
    ['', '1'],
    ['', '2'],
  ])
})

test('an element with an optional value that is NULL is left out, one with a normal value stays empty', async () => {
  const named = (name: string, isOptional: boolean): Node =>
    node('Data', [slot(0, valueType.string, isOptional)], [['Name', name]])
  assert.deepEqual(await dataOf([named('a', true), named('b', false)], [[valueType.null, Buffer.alloc(0)]]), [
    ['b', ''],
  ])
})

test('text next to values and references is one value', async () => {
  assert.deepEqual(
    await dataOf([node('Data', ['<', slot(0, valueType.uint8), '>'])], [[valueType.uint8, Buffer.from([7])]]),
    [['', '<7>']],
  )
})

/** Binary XML of a value: what `write` writes at the place where it will be. */
function nestedEvent(write: (builder: ChunkBuilder) => void): Buffer {
  return oneChunk((builder) =>
    writeRaw(builder, () => {
      // Names are stored by their place in the chunk: the value is written once to learn its size, then where it belongs.
      const body = literalEvent(1121, [slot(0, valueType.binXml)])
      const start = builder.at
      writeTyped(builder, 'T', body, [[valueType.binXml, Buffer.alloc(0)]])
      const from = builder.at
      write(builder)
      builder.bytes.writeUInt16LE(builder.at - from, from - 4)
      assert.ok(builder.at > start)
    }),
  )
}

test('binary XML within a value is read, with a template and without', async () => {
  const data = node('Data', ['v'], [['Name', 'n']])
  const writers: ((builder: ChunkBuilder) => void)[] = [
    (builder) => writeNode(builder, data, false),
    (builder) => writeNode(builder, data, true),
    (builder) => {
      writeFragmentHeader(builder)
      writeTyped(builder, 'U', node('Data', [slot(0, valueType.string)], [['Name', 'n']]), [
        [valueType.string, utf16('v')],
      ])
    },
  ]
  for (const write of writers) {
    const { events, rejects } = await read(readEvtx, nestedEvent(write))
    assert.deepEqual(rejects, [])
    assert.deepEqual(events[0]?.event.sections.EventData, [['n', 'v']])
  }
})

test('templates that unfold one another without end are a reject, and soon', async () => {
  const levels = 5
  const log = oneChunk((builder) =>
    writeRaw(builder, () => {
      const body = node(
        'Event',
        Array.from({ length: 300 }, () => slot(0, valueType.binXml)),
      )
      const open: [size: number, start: number][] = []
      for (let level = 0; level < levels; level++) {
        writeTyped(builder, 'T', body, [[valueType.binXml, Buffer.alloc(0)]])
        open.push([builder.at - 4, builder.at])
      }
      for (const [size, start] of open) builder.bytes.writeUInt16LE(builder.at - start, size)
    }),
  )
  assert.deepEqual(inShort(await read(readEvtx, log)).rejects, ['too-long'])
})

test('elements nested deeper than any event are a reject', async () => {
  let deep = node('Data', ['x'])
  for (let i = 0; i < 100; i++) deep = node('Data', [deep])
  const log = oneChunk((builder) => writeRaw(builder, () => writeNode(builder, literalEvent(1121, [deep]), false)))
  assert.deepEqual(inShort(await read(readEvtx, log)).rejects, ['bad-structure'])
})

test('a record is recognized as ours or not from inline binary XML with a dependency id and without', async () => {
  for (const hasDependency of [false, true]) {
    const log = oneChunk((builder) => {
      writeRaw(builder, () => writeNode(builder, literalEvent(1121, [node('Data', ['x'])]), hasDependency))
      writeRaw(builder, () => writeNode(builder, literalEvent(1150, []), hasDependency))
    })
    assert.deepEqual(inShort(await read(readEvtx, log)), { events: [1121], others: { '1150': 1 }, rejects: [] })
  }
})

test('the XML of a record is as Windows renders it, and null if no record begins', () => {
  assert.equal(newChunkBuilder().at, 512)
  const chunk = evtxBytes([
    event(5007, [
      ['Old Value', "a<b> & 'c'\r\n\u0001"],
      ['New Value', ''],
    ]),
  ]).subarray(4096)
  const rendered = renderEvtxRecord(chunk, 512)
  assert.equal(rendered?.damage, null)
  assert.equal(
    rendered?.xml,
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
      "<Provider Name='Microsoft-Windows-Windows Defender' Guid='{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'/><EventID>5007</EventID>" +
      '<Version>0</Version><Level>4</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>' +
      "<TimeCreated SystemTime='2026-01-05T08:00:00.0070000Z'/><EventRecordID>1</EventRecordID><Correlation/>" +
      "<Execution ProcessID='3488' ThreadID='7496'/><Channel>Microsoft-Windows-Windows Defender/Operational</Channel>" +
      "<Computer>WS-0417.contoso.example</Computer><Security UserID='S-1-5-18'/></System><EventData>" +
      "<Data Name='Old Value'>a&lt;b&gt; &amp; 'c'&#13;\n\\x01</Data><Data Name='New Value'></Data></EventData></Event>",
  )
  assert.equal(renderEvtxRecord(chunk, 520), null)
})
