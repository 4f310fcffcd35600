import { createHash } from 'node:crypto'
import { defenderChannel } from '#lib/asr/channel.ts'
import { recordHead } from '#lib/formats/evtx/records.ts'
import { fileTimeOf, fileTimeText } from '#lib/formats/evtx/time.ts'
import { token } from '#lib/formats/evtx/token.ts'
import { valueType as type } from '#lib/formats/evtx/value-type.ts'
import type { TemplateSource } from './binxml.ts'
import { templateSource, writeFragmentHeader, writeInstance, writeNode } from './binxml.ts'
import type { ChunkBuilder } from './chunk-builder.ts'
import type { WrittenEvent } from './event.ts'
import { defenderProvider } from './event.ts'
import type { Node } from './node.ts'
import { node, sizeOfNode, slot } from './node.ts'
import { eventDataSlot, eventNode, slotCount, systemSlots } from './system.ts'
import { guidBytes, sidBytes } from './value.ts'

/** The templates of a file, made once: one of System for each host, one of EventData for each list of names. */
export type Templates = Map<string, TemplateSource>

const defaults = { level: 4, keywords: 0x8000000000000000n, processId: 3488, threadId: 7496, user: 'S-1-5-18' }

function templateOf(templates: Templates, key: string, body: () => Node): TemplateSource {
  const known = templates.get(key)
  if (known) return known
  const made = templateSource(key, createHash('md5').update(key).digest(), body())
  templates.set(key, made)
  return made
}

const systemTemplate = (templates: Templates, dest: string): TemplateSource =>
  templateOf(templates, `System\0${dest}`, () => eventNode(systemSlots, dest, eventDataSlot))

function dataKey(fields: WrittenEvent['fields']): string {
  let key = 'EventData'
  for (const [name] of fields) key += `\0${name}`
  return key
}

// Defender's own are normal substitutions: an empty string stays as an empty Data.
const dataTemplate = (templates: Templates, fields: WrittenEvent['fields']): TemplateSource =>
  templateOf(templates, dataKey(fields), () =>
    node(
      'EventData',
      fields.map(([name], index) => dataNode(name, slot(index, type.string, false))),
    ),
  )

const dataNode = (name: string, value: string | ReturnType<typeof slot>): Node =>
  node('Data', [value], name === '' ? [] : [['Name', name]])

function inlineNode(event: WrittenEvent, recordId: number): Node {
  const { name, guid } = event.provider ?? defenderProvider
  const { low, high } = fileTimeOf(event.time, event.ticks)
  const parts = {
    ...{
      level: `${event.level ?? defaults.level}`,
      opcode: '0',
      task: '0',
      version: '0',
      qualifiers: '',
      relatedActivity: '',
    },
    ...{ code: `${event.EventCode}`, keywords: `0x${(event.keywords ?? defaults.keywords).toString(16)}` },
    ...{
      time: fileTimeText(low, high),
      recordId: `${recordId}`,
      activity: event.activityId ?? '',
      provider: name,
      guid,
    },
    ...{ processId: `${event.processId ?? defaults.processId}`, threadId: `${event.threadId ?? defaults.threadId}` },
    ...{ user: event.user ?? defaults.user, channel: event.channel ?? defenderChannel },
  }
  const data = event.fields.map(([field, value]) => dataNode(field, value))
  return eventNode(parts, event.dest, node('EventData', data))
}

function valuesSize(fields: WrittenEvent['fields']): number {
  let size = 4
  for (const [, value] of fields) size += 4 + 2 * value.length
  return size
}

// Instance and fragment heads, the values of System without its strings and SID, padding and the copy of the size.
const fixedSize = recordHead + 2 * 16 + 4 + 4 * slotCount + 96 + 68 + 16

/** How an event is to be written: with these templates, or inline. */
export type RecordPlan = { event: WrittenEvent; recordId: number; system: TemplateSource; data: TemplateSource }

export function planRecord(templates: Templates, event: WrittenEvent, recordId: number): RecordPlan {
  return { event, recordId, system: systemTemplate(templates, event.dest), data: dataTemplate(templates, event.fields) }
}

/** The most bytes that a record takes in this chunk, which may have its templates already. */
export function sizeOfRecord(builder: ChunkBuilder, { event, recordId, system, data }: RecordPlan): number {
  if (event.isInline) return recordHead + 16 + sizeOfNode(inlineNode(event, recordId))
  const missing = (template: TemplateSource): number => (builder.templates.has(template.key) ? 0 : template.size)
  const strings = 2 * ((event.channel ?? defenderChannel).length + (event.provider ?? defenderProvider).name.length)
  const own = fixedSize + strings + valuesSize(event.fields)
  return own + missing(system) + missing(data)
}

/** Writes the record of an event; the chunk has room for `sizeOfRecord`. */
export function writeRecord(builder: ChunkBuilder, { event, recordId, system, data }: RecordPlan): void {
  const { bytes } = builder
  const start = builder.at
  const written = fileTimeOf(event.time, event.ticks)
  bytes.writeUInt32LE(0x00002a2a, start)
  bytes.writeBigUInt64LE(BigInt(recordId), start + 8)
  bytes.writeUInt32LE(written.low, start + 16)
  bytes.writeUInt32LE(written.high, start + 20)
  builder.at = start + recordHead
  writeFragmentHeader(builder)
  if (event.isInline) writeNode(builder, inlineNode(event, recordId), false)
  else {
    writeInstance(builder, system)
    writeSystemValues(builder, event, recordId)
    writeEventData(builder, data, event)
  }
  builder.at = bytes.writeUInt8(token.endOfFragment, builder.at)
  const size = (builder.at - start + 4 + 7) & ~7
  bytes.fill(0, builder.at, start + size)
  bytes.writeUInt32LE(size, start + 4)
  bytes.writeUInt32LE(size, start + size - 4)
  builder.at = start + size
  if (builder.records++ === 0) builder.firstId = BigInt(recordId)
  builder.lastId = BigInt(recordId)
  builder.lastRecord = start
}

/** Writes the values of System in the order of its slots; the last, EventData, is described here and follows. */
function writeSystemValues(builder: ChunkBuilder, event: WrittenEvent, recordId: number): void {
  const { bytes } = builder
  const provider = event.provider ?? defenderProvider
  const channel = event.channel ?? defenderChannel
  const time = fileTimeOf(event.time, event.ticks)
  bytes.writeUInt32LE(slotCount, builder.at)
  let descriptor = builder.at + 4
  let at = descriptor + 4 * slotCount
  const value = (valueType: number, end: number): void => {
    bytes.writeUInt16LE(end - at, descriptor)
    bytes.writeUInt16LE(valueType, descriptor + 2)
    descriptor += 4
    at = end
  }
  value(type.uint8, bytes.writeUInt8(event.level ?? defaults.level, at))
  value(type.uint8, bytes.writeUInt8(0, at))
  value(type.uint16, bytes.writeUInt16LE(0, at))
  value(type.uint16, bytes.writeUInt16LE(event.EventCode, at))
  value(type.null, at)
  value(type.hex64, bytes.writeBigUInt64LE(event.keywords ?? defaults.keywords, at))
  value(type.fileTime, bytes.writeUInt32LE(time.high, bytes.writeUInt32LE(time.low, at)))
  if (event.activityId) value(type.guid, at + guidBytes(event.activityId).copy(bytes, at))
  else value(type.null, at)
  value(type.uint32, bytes.writeUInt32LE(event.processId ?? defaults.processId, at))
  value(type.uint32, bytes.writeUInt32LE(event.threadId ?? defaults.threadId, at))
  value(type.uint64, bytes.writeBigUInt64LE(BigInt(recordId), at))
  value(type.uint8, bytes.writeUInt8(0, at))
  const user = event.user ?? defaults.user
  if (user) value(type.sid, at + sidBytes(user).copy(bytes, at))
  else value(type.null, at)
  value(type.null, at)
  value(type.string, at + bytes.write(provider.name, at, 'utf16le'))
  value(type.guid, at + guidBytes(provider.guid).copy(bytes, at))
  value(type.string, at + bytes.write(channel, at, 'utf16le'))
  builder.at = at
  bytes.writeUInt16LE(type.binXml, descriptor + 2)
  builder.eventData = descriptor
}

function writeEventData(builder: ChunkBuilder, template: TemplateSource, { fields }: WrittenEvent): void {
  const { bytes, eventData } = builder
  const start = builder.at
  writeFragmentHeader(builder)
  writeInstance(builder, template)
  bytes.writeUInt32LE(fields.length, builder.at)
  let descriptor = builder.at + 4
  let at = descriptor + 4 * fields.length
  for (const [, value] of fields) {
    const size = bytes.write(value, at, 'utf16le')
    bytes.writeUInt16LE(size, descriptor)
    bytes.writeUInt16LE(type.string, descriptor + 2)
    descriptor += 4
    at += size
  }
  builder.at = bytes.writeUInt8(token.endOfFragment, at)
  bytes.writeUInt16LE(builder.at - start, eventData)
}
