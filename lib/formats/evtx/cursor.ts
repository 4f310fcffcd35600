import type { Chunk } from './chunk.ts'
import { need } from './chunk.ts'
import { Damage } from './damage.ts'
import { isNameAt, nameSize, readName } from './name.ts'
import { readText } from './text.ts'
import type { Content, Element } from './tree.ts'
import { valueText } from './value.ts'
import { sizeOfType, valueType } from './value-type.ts'

/**
 * How to parse a fragment: whether it is a template's body, how deep it is in others, and the name of an element
 * after whose end no more is wanted.
 */
export type FragmentKind = { isTemplate: boolean; depth: number; until?: string }

/** A place in binary XML that is being parsed, and the elements open there. */
export type Cursor = FragmentKind & {
  chunk: Chunk
  at: number
  end: number
  /** Whether elements have a dependency id; found out at the first of them. */
  hasDependency: boolean | undefined
  open: Element[]
  root: Content[]
  /** Where text and substitutions go: an attribute's value or an element's content. */
  target: Content[]
  isDone: boolean
}

/** The element that a token belongs into. */
export function innermost(cursor: Cursor): Element {
  const element = cursor.open.at(-1)
  if (!element) throw new Damage('bad-structure', cursor.at, 'a token that belongs in an element is outside of one')
  return element
}

/** Reads the name whose offset is `skip` bytes on; the name itself is there too at its first use. */
export function nameAfterToken(cursor: Cursor, skip: number): string {
  const { chunk } = cursor
  const place = cursor.at + skip
  need(place, 4, cursor.end, 'the offset of a name')
  const offset = chunk.view.getUint32(place, true)
  const name = readName(chunk, offset)
  cursor.at = place + 4 + (offset === place + 4 ? nameSize(chunk, offset) : 0)
  return name
}

/**
 * Elements of a template begin with a dependency id, those of a record or value without template do not (libevtx: EVTX format,
 * 4.1.3). Collectors have written both otherwise, so the place where a name is decides, and the rule only if both do.
 */
export function elementsHaveDependency(chunk: Chunk, at: number, isTemplate: boolean): boolean {
  const withId = isNameAt(chunk, chunk.view.getUint32(at + 7, true))
  const withoutId = isNameAt(chunk, chunk.view.getUint32(at + 5, true))
  return withId === withoutId ? isTemplate : withId
}

/** A text that its number of characters precedes. */
export function countedText(cursor: Cursor, at: number): string {
  need(at, 2, cursor.end, 'the length of a text')
  const size = 2 * cursor.chunk.view.getUint16(at, true)
  need(at + 2, size, cursor.end, 'a text')
  cursor.at = at + 2 + size
  return readText(cursor.chunk, at + 2, size)
}

/** A value that is in the binary XML itself: text, or rarely another type. */
export function readValueToken(cursor: Cursor): void {
  const { chunk, at } = cursor
  need(at, 2, cursor.end, 'a value')
  const type = chunk.view.getUint8(at + 1)
  if (type === valueType.string) {
    cursor.target.push(countedText(cursor, at + 2))
    return
  }
  const size =
    type === valueType.null ? 0 : type === valueType.sid ? 8 + 4 * chunk.view.getUint8(at + 3) : sizeOfType(type)
  if (size === null) throw new Damage('bad-structure', at, `a value of type ${type} is in a place for text`)
  need(at + 2, size, cursor.end, 'a value')
  cursor.target.push(valueText(chunk, type, at + 2, size))
  cursor.at = at + 2 + size
}
