import { grown } from './columns.ts'
import { mostOf } from './different.ts'
import type { Pace } from './pace.ts'

/** Rows in groups of those that are equal in some columns. */
export type Grouping = {
  /** The number of the group of each row, from 1. Groups are numbered in the order of their first rows. */
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

/** Groups rows by hashing their columns. More rows can be added later: they join existing groups or start new ones. */
export function openGrouping() {
  let numbers = new Uint32Array(1024)
  let first = new Uint32Array(1024)
  let hashes = new Uint32Array(1024)
  let slots = new Uint32Array(4096)
  let [count, done] = [1, 0]

  function place(group: number): void {
    const mask = slots.length - 1
    let slot = (hashes[group] as number) & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = group
  }

  function add(row: number, hash: number): number {
    if (count === first.length) {
      first = grown(first, count * 2)
      hashes = grown(hashes, count * 2)
    }
    first[count] = row
    hashes[count] = hash
    // At least three of four slots stay free, so that a free one is near.
    if (count * 4 > slots.length) {
      slots = new Uint32Array(slots.length * 4)
      for (let group = 1; group < count; group++) place(group)
    }
    place(count)
    return count++
  }

  function find(columns: readonly Uint32Array[], row: number): number {
    const hash = hashOf(columns, row)
    const mask = slots.length - 1
    let slot = hash & mask
    for (;;) {
      const group = slots[slot] as number
      if (group === 0) return add(row, hash)
      if (hashes[group] === hash && isEqual(columns, row, first[group] as number)) return group
      slot = (slot + 1) & mask
    }
  }

  return {
    /** Groups the rows up to `length`; those before are grouped already. */
    upTo: async (pace: Pace, columns: readonly Uint32Array[], length: number): Promise<Grouping> => {
      if (length > numbers.length) numbers = grown(numbers, Math.max(length, done === 0 ? 0 : numbers.length * 2))
      const begun = done
      await pace.inParts(length - begun, (from, to) => {
        for (let row = begun + from; row < begun + to; row++) numbers[row] = find(columns, row)
        done = begun + to
      })
      return { numbers: numbers.subarray(0, length), first: first.subarray(0, count) }
    },
    bytes: (): number => [numbers, first, hashes, slots].reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
}

/** Groups rows by one column, without hashing: its numbers are the places of their groups. */
async function groupByOne(pace: Pace, column: Uint32Array, length: number): Promise<Grouping> {
  const numbers = new Uint32Array(length)
  const groups = new Uint32Array(mostOf(column, length) + 1)
  let first = new Uint32Array(1024)
  let count = 1
  await pace.inParts(length, (from, to) => {
    for (let row = from; row < to; row++) {
      const number = column[row] as number
      let group = groups[number] as number
      if (group === 0) {
        if (count === first.length) first = grown(first, count * 2)
        first[count] = row
        group = count++
        groups[number] = group
      }
      numbers[row] = group
    }
  })
  return { numbers, first: first.subarray(0, count) }
}

/** Groups the rows from 0 to `length` by columns. */
export function groupRows(pace: Pace, columns: readonly Uint32Array[], length: number): Promise<Grouping> {
  const [only] = columns
  return only !== undefined && columns.length === 1
    ? groupByOne(pace, only, length)
    : openGrouping().upTo(pace, columns, length)
}
