import type { Pace } from './pace.ts'

/** Words of 32 bits in which it may be marked which numbers each row has. */
const roomForMarks = 2 ** 23

/** The largest of some numbers; 0 if there are none. */
export function mostOf(numbers: Uint32Array, length: number): number {
  let most = 0
  for (let at = 0; at < length; at++) if ((numbers[at] as number) > most) most = numbers[at] as number
  return most
}

/** The items of each row next to each other: of row `r`, from `starts[r]` to before `starts[r + 1]`. */
async function sortedByRow(pace: Pace, rows: Uint32Array, count: number, items: Uint32Array, isIn: Uint8Array) {
  const starts = new Uint32Array(count + 1)
  await pace.inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] as number
      if (isIn[row] === 1) starts[row + 1] = (starts[row + 1] as number) + 1
    }
  })
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const next = starts.slice()
  const sorted = new Uint32Array(starts[count] as number)
  await pace.inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] as number
      if (isIn[row] === 0) continue
      const place = next[row] as number
      sorted[place] = items[at] as number
      next[row] = place + 1
    }
  })
  return { starts, sorted }
}

/**
 * Returns how many different numbers each of `count` rows has: `numbers` are next to the rows they are of, and 0 is not counted. Most rows
 * have one number, which needs no more than remembering it.
 */
export async function countDifferent(
  pace: Pace,
  rows: Uint32Array,
  count: number,
  numbers: Uint32Array,
  mostWords = roomForMarks,
): Promise<Uint32Array> {
  const different = new Uint32Array(count)
  const first = new Uint32Array(count)
  const hasMore = new Uint8Array(count)
  await pace.inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const number = numbers[at] as number
      if (number === 0) continue
      const row = rows[at] as number
      const known = first[row] as number
      if (known === number) continue
      if (known === 0) {
        first[row] = number
        different[row] = 1
      } else hasMore[row] = 1
    }
  })
  const places = new Uint32Array(count)
  let more = 0
  for (let row = 0; row < count; row++) if (hasMore[row] === 1) places[row] = more++
  if (more === 0) return different
  const words = (mostOf(numbers, numbers.length) >>> 5) + 1
  if (more * words <= mostWords) {
    const bits = new Uint32Array(more * words)
    await pace.inParts(rows.length, (from, to) => {
      for (let at = from; at < to; at++) {
        const row = rows[at] as number
        const number = numbers[at] as number
        if (hasMore[row] === 0 || number === 0) continue
        const word = (places[row] as number) * words + (number >>> 5)
        const before = bits[word] as number
        const after = before | (1 << (number & 31))
        bits[word] = after
        // The first number was counted above, though its bit was not set then.
        if (after >>> 0 !== before && number !== first[row]) different[row] = (different[row] as number) + 1
      }
    })
    return different
  }
  const { starts, sorted } = await sortedByRow(pace, rows, count, numbers, hasMore)
  const last = new Uint32Array(words * 32)
  await pace.inParts(count, (from, to) => {
    for (let row = from; row < to; row++) {
      if (hasMore[row] === 0) continue
      let found = 0
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const number = sorted[at] as number
        if (number === 0 || last[number] === row + 1) continue
        last[number] = row + 1
        found += 1
      }
      different[row] = found
    }
  })
  return different
}
