import { definitionHead } from '#lib/formats/evtx/instance.ts'
import { moreFlag, token } from '#lib/formats/evtx/token.ts'
import { valueType } from '#lib/formats/evtx/value-type.ts'
import type { ChunkBuilder } from './chunk-builder.ts'
import { linkTemplate, writeName } from './chunk-builder.ts'
import type { Node, Slot } from './node.ts'
import { isSlot, sizeOfNode } from './node.ts'

/** A template to be defined in each chunk that uses it. */
export type TemplateSource = { key: string; guid: Buffer; body: Node; size: number }

export const templateSource = (key: string, guid: Buffer, body: Node): TemplateSource => ({
  key,
  guid,
  body,
  size: definitionHead + 5 + sizeOfNode(body),
})

const noDependency = 0xffff

function writePart({ bytes }: ChunkBuilder, at: number, part: string | Slot): number {
  if (typeof part !== 'string') {
    bytes.writeUInt8(part.isOptional ? token.optionalSubstitution : token.substitution, at)
    bytes.writeUInt16LE(part.slot, at + 1)
    bytes.writeUInt8(part.type, at + 3)
    return at + 4
  }
  bytes.writeUInt8(token.value, at)
  bytes.writeUInt8(valueType.string, at + 1)
  bytes.writeUInt16LE(part.length, at + 2)
  return at + 4 + bytes.write(part, at + 4, 'utf16le')
}

const dependencyOf = ({ content }: Node): number => {
  for (const item of content ?? []) if (typeof item === 'object' && isSlot(item) && item.isOptional) return item.slot
  return noDependency
}

function writeByte(builder: ChunkBuilder, byte: number): void {
  builder.bytes.writeUInt8(byte, builder.at++)
}

/** Writes an element: with a dependency id in a template, without one in a record (libevtx: EVTX format, 4.1.3). */
export function writeNode(builder: ChunkBuilder, source: Node, isTemplate: boolean): void {
  const { bytes } = builder
  const { name, attributes, content } = source
  writeByte(builder, attributes.length > 0 ? token.openElement | moreFlag : token.openElement)
  if (isTemplate) builder.at = bytes.writeUInt16LE(dependencyOf(source), builder.at)
  const size = builder.at
  builder.at += 4
  writeName(builder, name)
  if (attributes.length > 0) {
    const list = builder.at
    builder.at += 4
    attributes.forEach(([attribute, value], index) => {
      writeByte(builder, index < attributes.length - 1 ? token.attribute | moreFlag : token.attribute)
      writeName(builder, attribute)
      builder.at = writePart(builder, builder.at, value)
    })
    bytes.writeUInt32LE(builder.at - list - 4, list)
  }
  if (content) {
    writeByte(builder, token.closeStart)
    for (const item of content) {
      if (typeof item === 'object' && !isSlot(item)) writeNode(builder, item, isTemplate)
      else if (item !== '') builder.at = writePart(builder, builder.at, item)
    }
  }
  writeByte(builder, content ? token.endElement : token.closeEmpty)
  bytes.writeUInt32LE(builder.at - size - 4, size)
}

export function writeFragmentHeader(builder: ChunkBuilder): void {
  builder.at = builder.bytes.writeUInt32LE(0x0001010f, builder.at)
}

/** Writes the beginning of a template instance, up to its values, and its definition if the chunk does not have it yet. */
export function writeInstance(builder: ChunkBuilder, source: TemplateSource): void {
  const { bytes } = builder
  const known = builder.templates.get(source.key)
  bytes.writeUInt8(token.templateInstance, builder.at)
  bytes.writeUInt8(1, builder.at + 1)
  source.guid.copy(bytes, builder.at + 2, 0, 4)
  bytes.writeUInt32LE(known ?? builder.at + 10, builder.at + 6)
  builder.at += 10
  if (known !== undefined) return
  const definition = builder.at
  linkTemplate(builder, source.key, source.guid)
  builder.at += definitionHead
  writeFragmentHeader(builder)
  writeNode(builder, source.body, true)
  writeByte(builder, token.endOfFragment)
  bytes.writeUInt32LE(builder.at - definition - definitionHead, definition + 20)
}
