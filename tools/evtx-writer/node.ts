/** A place for a value in a template. */
export type Slot = { slot: number; type: number; isOptional: boolean }

/** An element to be written as binary XML: in a template with slots, or in a record with text alone. */
export type Node = {
  name: string
  attributes: [name: string, value: string | Slot][]
  /** None: `<Name/>`. */
  content: (string | Slot | Node)[] | null
}

export const slot = (index: number, type: number, isOptional = true): Slot => ({ slot: index, type, isOptional })

export const node = (name: string, content: Node['content'], attributes: Node['attributes'] = []): Node => ({
  name,
  attributes,
  content,
})

export const isSlot = (item: string | Slot | Node): item is Slot => typeof item === 'object' && 'slot' in item

const nameSize = (name: string): number => 10 + 2 * name.length
const partSize = (part: string | Slot): number => (typeof part === 'string' ? 4 + 2 * part.length : 4)

/** The most bytes that a node takes: with a dependency id, and all its names stored in it. */
export function sizeOfNode({ name, attributes, content }: Node): number {
  let size = 11 + nameSize(name) + 4 + 2
  for (const [attribute, value] of attributes) size += 5 + nameSize(attribute) + partSize(value)
  for (const item of content ?? []) size += typeof item === 'string' || isSlot(item) ? partSize(item) : sizeOfNode(item)
  return size
}
