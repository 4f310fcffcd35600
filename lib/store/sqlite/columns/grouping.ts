import { grown } from './columns.ts'
import type { Pace } from './pace.ts'

/** Rows in groups of those that are equal in some columns. */
export type Grouping = {
  /** The number of the group of each row, from 1; 0 if the row is in none. Groups are numbered in the order of their first rows. */
  numbers: Uint32Array
  /** The first row of each group, by its number. */
  first: Uint32Array
}

/** Spreads numbers so that those next to each other are far apart. */
function mix(hash: number, number: number): number {
  let mixed = Math.imul(hash ^ number, 0x9e3779b1)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

function hashOf(columns: readonly Uint32Array[], row: number): number {
  let hash = 0
  for (let at = 0; at < columns.length; at++) hash = mix(hash, (columns[at] as Uint32Array)[row] as number)
  return hash >>> 0
}

function isEqual(columns: readonly Uint32Array[], row: number, other: number): boolean {
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at] as Uint32Array
    if (column[row] !== column[other]) return false
  }
  return true
}

/** Groups the rows from 0 to `length` by columns; those of which `isIn` is 0 are in no group. */
export async function groupRows(
  pace: Pace,
  columns: readonly Uint32Array[],
  length: number,
  isIn: Uint8Array | Uint32Array,
): Promise<Grouping> {
  const numbers = new Uint32Array(length)
  let first = new Uint32Array(1024)
  let hashes = new Uint32Array(1024)
  let count = 1
  // Twice as many slots as there can be groups, so that a free one is near. Those that are never used take no memory.
  const slots = new Uint32Array(2 ** (32 - Math.clz32(Math.max(length, 1) * 2)))
  const mask = slots.length - 1

  function add(row: number, hash: number): number {
    if (count === first.length) {
      first = grown(first, count * 2)
      hashes = grown(hashes, count * 2)
    }
    first[count] = row
    hashes[count] = hash
    return count++
  }

  await pace.inParts(length, (from, to) => {
    for (let row = from; row < to; row++) {
      if (isIn[row] === 0) continue
      const hash = hashOf(columns, row)
      let slot = hash & mask
      let group = slots[slot] as number
      while (group !== 0 && !(hashes[group] === hash && isEqual(columns, row, first[group] as number))) {
        slot = (slot + 1) & mask
        group = slots[slot] as number
      }
      if (group === 0) {
        group = add(row, hash)
        slots[slot] = group
      }
      numbers[row] = group
    }
  })
  return { numbers, first: first.subarray(0, count) }
}
