import { parseFragment } from './binxml.ts'
import type { Chunk } from './chunk.ts'
import { chunkSize, newChunk, renewChunk } from './chunk.ts'
import type { Damage } from './damage.ts'
import { damageOf } from './damage.ts'
import { recordHead, walkRecords } from './records.ts'
import { renderXml } from './render.ts'

/** The XML of a record, or what is wrong with it. */
export type RecordXml = { xml: string; damage: null } | { xml: null; damage: Damage }

/** The complete XML of the record between `at` and `end` of its chunk. */
export function recordXml(chunk: Chunk, at: number, end: number): RecordXml {
  let xml = ''
  const damage = damageOf(() => {
    const fragment = parseFragment(chunk, at + recordHead, end, { isTemplate: false, depth: 0 })
    if (fragment.damage) throw fragment.damage
    xml = renderXml(fragment.content, { chunk, values: null, depth: 0 })
  })
  return damage ? { xml: null, damage } : { xml, damage: null }
}

/** The complete XML of the record that begins at byte `at` of the chunk `bytes`, as Windows renders it; null if none begins there. */
export function renderEvtxRecord(bytes: Uint8Array, at: number): RecordXml | null {
  const chunk = newChunk()
  chunk.bytes.set(bytes.subarray(0, chunkSize))
  renewChunk(chunk, Math.min(bytes.length, chunkSize))
  let rendered: RecordXml | null = null
  walkRecords(chunk, chunk.end, (kind, start, end) => {
    if (kind !== 'gap' && start === at) rendered = recordXml(chunk, start, end)
  })
  return rendered
}
