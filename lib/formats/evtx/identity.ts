import { parseFragment, readTemplate } from './binxml.ts'
import type { Channels } from './channels.ts'
import type { Chunk } from './chunk.ts'
import { need } from './chunk.ts'
import { Damage } from './damage.ts'
import { placeInstance } from './instance.ts'
import { token } from './token.ts'
import type { Content, Element, Identity, Template } from './tree.ts'
import { valueText } from './value.ts'
import { valueType } from './value-type.ts'

/**
 * What a record is: its EventID, and its channel as an index of the channels met so far; further where its other values
 * are, and where those of its template instance begin (-1 if it has none).
 */
export type Identified = { code: number; channel: number; identity: Identity | null; values: number }

const childNamed = (content: Content[], name: string): Element | undefined =>
  content.find((item): item is Element => typeof item === 'object' && item.kind === 'element' && item.name === name)

/** Where EventID and Channel are, if each is one text or one substitution: any other shape is left to the reader of fields. */
function identityOf(content: Content[]): Identity | null {
  const system = childNamed(childNamed(content, 'Event')?.content ?? [], 'System')
  const code = childNamed(system?.content ?? [], 'EventID')
  const channel = childNamed(system?.content ?? [], 'Channel')
  if (code?.content.length !== 1 || channel?.content.length !== 1) return null
  const time = childNamed(system?.content ?? [], 'TimeCreated')?.attributes.find(({ name }) => name === 'SystemTime')
  return {
    code: code.content,
    channel: channel.content,
    computer: childNamed(system?.content ?? [], 'Computer')?.content ?? null,
    recordId: childNamed(system?.content ?? [], 'EventRecordID')?.content ?? null,
    time: time?.value ?? null,
  }
}

const wholeNumber = /^\d{1,9}$/

/** Where the value of a slot begins; only sizes are read, so that a record that is not ours costs no allocation. */
export function slotStart(chunk: Chunk, values: number, end: number, slot: number): number {
  const count = chunk.view.getUint32(values, true)
  need(values + 4, 4 * count, end, `the descriptors of ${count} values`)
  if (slot >= count) return -1
  let start = values + 4 + 4 * count
  for (let i = 0; i < slot; i++) start += chunk.view.getUint16(values + 4 + 4 * i, true)
  return start
}

/** Returns EventID and channel of the record whose binary XML is at `at`, as far as they can be read; throws damage met before. */
export function identify(chunk: Chunk, at: number, end: number, channels: Channels, found: Identified): boolean {
  const { view } = chunk
  if (view.getUint8(at) === token.fragmentHeader && view.getUint8(at + 4) === token.templateInstance) {
    const place = placeInstance(chunk, at + 4, end)
    const template = readTemplate(chunk, place.definition, place.id, 0)
    return identifyInstance(chunk, template, place.values, end, channels, found)
  }
  const inline = parseFragment(chunk, at, end, { isTemplate: false, depth: 0, until: 'System' })
  const identity = identityOf(inline.content)
  found.identity = identity
  found.values = -1
  return identity !== null && takeLiteral(identity, channels, found)
}

function takeLiteral(identity: Identity, channels: Channels, found: Identified): boolean {
  const [code] = identity.code
  const [channel] = identity.channel
  if (typeof code !== 'string' || typeof channel !== 'string' || !wholeNumber.test(code)) return false
  found.code = Number(code)
  found.channel = channels.indexOf(channel)
  return found.channel >= 0
}

function identifyInstance(
  chunk: Chunk,
  template: Template,
  values: number,
  end: number,
  channels: Channels,
  found: Identified,
): boolean {
  template.identity ??= template.identity === null ? null : identityOf(template.content)
  const identity = template.identity
  if (!identity) return false
  found.identity = identity
  found.values = values
  const [code] = identity.code
  const [channel] = identity.channel
  if (typeof code === 'string') {
    if (!wholeNumber.test(code)) return false
    found.code = Number(code)
  } else {
    if (code?.kind !== 'substitution') return false
    const read = readCode(chunk, values, end, code.slot)
    if (read < 0) return false
    found.code = read
  }
  if (typeof channel === 'string') found.channel = channels.indexOf(channel)
  else found.channel = channel?.kind === 'substitution' ? readChannel(chunk, values, end, channel.slot, channels) : -1
  return found.channel >= 0
}

function readCode(chunk: Chunk, values: number, end: number, slot: number): number {
  const start = slotStart(chunk, values, end, slot)
  if (start < 0) return -1
  const size = chunk.view.getUint16(values + 4 + 4 * slot, true)
  const type = chunk.view.getUint8(values + 6 + 4 * slot)
  need(start, size, end, 'EventID')
  if (type === valueType.uint16 && size === 2) return chunk.view.getUint16(start, true)
  const text = valueText(chunk, type, start, size)
  return wholeNumber.test(text) ? Number(text) : -1
}

function readChannel(chunk: Chunk, values: number, end: number, slot: number, channels: Channels): number {
  const start = slotStart(chunk, values, end, slot)
  if (start < 0 || chunk.view.getUint8(values + 6 + 4 * slot) !== valueType.string) return -1
  const size = chunk.view.getUint16(values + 4 + 4 * slot, true)
  need(start, size, end, 'Channel')
  const channel = channels.indexOfBytes(chunk.bytes, start, size)
  if (channel < 0) throw new Damage('no-channel', start, 'Channel is empty, or contains what no name of a channel can')
  return channel
}
