import type { Chunk } from './chunk.ts'
import { need, spend } from './chunk.ts'
import type { Values } from './tree.ts'

/** Bytes before the body of a template: offset of the next in its bucket (4), GUID (16), size of the body (4) (libevtx: EVTX format, 4.1.13). */
export const definitionHead = 24

/** Where the parts of a template instance are: its definition, and the number of its values, which begins them; `id` is the template's. */
export type InstancePlace = { id: number; definition: number; values: number }

/** Finds the parts of the template instance whose token is at `at`. The definition is in it at first use, or elsewhere in the chunk. */
export function placeInstance(chunk: Chunk, at: number, end: number): InstancePlace {
  need(at, 14, end, 'a template instance')
  const definition = chunk.view.getUint32(at + 6, true)
  let values = at + 10
  if (definition === values) {
    need(definition, definitionHead, end, 'a template definition')
    values += definitionHead + chunk.view.getUint32(definition + 20, true)
  }
  need(values, 4, end, 'the values of a template instance')
  return { id: chunk.view.getUint32(at + 2, true), definition, values }
}

/** The values that begin at `at` with their number, and where they end. Each has a size (2), a type (1) and an unused byte. */
export function readValues(chunk: Chunk, at: number, end: number): { values: Values; next: number } {
  const { view } = chunk
  need(at, 4, end, 'the values of a template instance')
  const count = view.getUint32(at, true)
  need(at + 4, 4 * count, end, `the descriptors of ${count} values`)
  spend(chunk, count, at)
  const values: Values = { types: [], starts: [], sizes: [] }
  let start = at + 4 + 4 * count
  for (let slot = 0; slot < count; slot++) {
    const size = view.getUint16(at + 4 + 4 * slot, true)
    values.types.push(view.getUint8(at + 6 + 4 * slot))
    values.starts.push(start)
    values.sizes.push(size)
    start += size
  }
  need(start, 0, end, `the last of ${count} values`)
  return { values, next: start }
}
