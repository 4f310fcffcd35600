import type { RegistryChange } from '#lib/asr/registry.ts'
import type { PreparedEvent } from './store.ts'

/**
 * Events in columns, each text and dest once: cheap to hand to another thread, and a text is looked up once a batch.
 * A row is `width` numbers; a text is its place in `texts` plus one, 0 where the field was not logged.
 */
export type PackedEvents = {
  length: number
  rows: Float64Array<ArrayBuffer>
  texts: string[]
  dests: string[]
  /** SHA-256 of the whole content in hex, by the place of an event without EventRecordID. */
  hashes: Map<number, string>
  /** What a 5007 changed, by its place. */
  changes: Map<number, RegistryChange[]>
}

const fields = [
  'ID',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
  'Old_Value',
  'New_Value',
] as const

/** Where each number stands in a row. `recordId` is NaN where there is none. */
export const column = {
  EventCode: 0,
  time: 1,
  recordId: 2,
  dest: 3,
  ID: 4,
  Process_Name: 5,
  Path: 6,
  Parent_Commandline: 7,
  Target_Commandline: 8,
  User: 9,
  Old_Value: 10,
  New_Value: 11,
} as const
export const width = 12

/** Numbers strings in the order they come, from 0. */
function openNumbering() {
  const places = new Map<string, number>()
  const list: string[] = []
  return {
    list,
    placeOf: (value: string): number => {
      const known = places.get(value)
      if (known !== undefined) return known
      places.set(value, list.length)
      return list.push(value) - 1
    },
  }
}

/** Packs events one by one. */
export function openPacker() {
  const texts = openNumbering()
  const dests = openNumbering()
  const hashes: PackedEvents['hashes'] = new Map()
  const changes: PackedEvents['changes'] = new Map()
  let rows = new Float64Array(256 * width)
  let length = 0
  return {
    length: () => length,
    add: (event: PreparedEvent) => {
      const at = length * width
      if (at === rows.length) {
        const larger = new Float64Array(rows.length * 2)
        larger.set(rows)
        rows = larger
      }
      rows[at + column.EventCode] = event.EventCode
      rows[at + column.time] = event.time
      rows[at + column.recordId] = event.recordId ?? Number.NaN
      rows[at + column.dest] = dests.placeOf(event.dest)
      for (const field of fields) {
        const value = event[field]
        rows[at + column[field]] = value === null ? 0 : texts.placeOf(value) + 1
      }
      if (event.hash !== null) hashes.set(length, event.hash)
      if (event.changes.length > 0) changes.set(length, event.changes)
      length += 1
    },
    close: (): PackedEvents => ({
      length,
      rows: rows.slice(0, length * width),
      texts: texts.list,
      dests: dests.list,
      hashes,
      changes,
    }),
  }
}

/** Events packed all at once. */
export function packEvents(events: Iterable<PreparedEvent>): PackedEvents {
  const packer = openPacker()
  for (const event of events) packer.add(event)
  return packer.close()
}
