import { join } from 'node:path'
import { templateSource, writeFragmentHeader, writeInstance } from '#tools/evtx-writer/binxml.ts'
import type { ChunkBuilder } from '#tools/evtx-writer/chunk-builder.ts'
import { newChunkBuilder, sealChunk } from '#tools/evtx-writer/chunk-builder.ts'
import type { WrittenEvent } from '#tools/evtx-writer/event.ts'
import type { Node } from '#tools/evtx-writer/node.ts'
import { node } from '#tools/evtx-writer/node.ts'
import { fileHeader } from '#tools/evtx-writer/write.ts'
import { recordHead } from './records.ts'
import { token } from './token.ts'

/** The real logs are next to the project, not in it: their licences differ. */
export const corpus = join(import.meta.dirname, '../../../../shared/corpus')

export const dest = 'WS-0417.contoso.example'

/** An event at a time of its own, so that no two are alike. */
export const event = (
  EventCode: number,
  fields: WrittenEvent['fields'] = [],
  more: Partial<WrittenEvent> = {},
): WrittenEvent => ({
  EventCode,
  dest,
  time: Date.UTC(2026, 0, 5, 8, 0, 0, EventCode % 1000),
  fields,
  ...more,
})

/** A value of a template instance: its type and bytes. */
export type TypedValue = [type: number, bytes: Buffer]

/** Writes an instance of a template, its definition if the chunk lacks it, and its values. */
export function writeTyped(builder: ChunkBuilder, key: string, body: Node, values: TypedValue[]): void {
  writeInstance(builder, templateSource(key, Buffer.alloc(16, key), body))
  const { bytes } = builder
  builder.at = bytes.writeUInt32LE(values.length, builder.at)
  for (const [type, value] of values)
    builder.at = bytes.writeUInt16LE(type, bytes.writeUInt16LE(value.length, builder.at))
  for (const [, value] of values) builder.at += value.copy(bytes, builder.at)
}

/** Writes a record whose binary XML `write` writes. */
export function writeRaw(builder: ChunkBuilder, write: () => void): void {
  const { bytes, at } = builder
  bytes.writeUInt32LE(0x00002a2a, at)
  bytes.writeBigUInt64LE(BigInt(++builder.records), at + 8)
  builder.at = at + recordHead
  writeFragmentHeader(builder)
  write()
  builder.at = bytes.writeUInt8(token.endOfFragment, builder.at)
  const size = (builder.at - at + 11) & ~7
  bytes.writeUInt32LE(size, at + 4)
  bytes.writeUInt32LE(size, at + size - 4)
  builder.at = at + size
  builder.lastId = BigInt(builder.records)
}

/** A file of one chunk, filled by `fill`. */
export function oneChunk(fill: (builder: ChunkBuilder) => void): Buffer {
  const builder = newChunkBuilder()
  fill(builder)
  const chunk = sealChunk(builder, 1)
  return Buffer.concat([fileHeader({ chunks: 1, records: builder.records, nextId: builder.records + 1 }), chunk])
}

/** An event of our channel in literal text, but for what is in EventData. */
export const literalEvent = (EventCode: number, eventData: Node['content']): Node =>
  node('Event', [
    node('System', [
      node('EventID', [`${EventCode}`]),
      node('TimeCreated', null, [['SystemTime', '2026-01-05T08:00:00.1234567Z']]),
      node('Channel', ['Microsoft-Windows-Windows Defender/Operational']),
      node('Computer', [dest]),
    ]),
    node('EventData', eventData),
  ])
