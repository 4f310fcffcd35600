import type { Pace } from './pace.ts'

/** Maximum size of the bitmap, in words of 32 bits. The second limit is what fits the processor's cache. */
const roomForMarks = 2 ** 23
const fewMarks = 2 ** 18

/** The largest of some numbers; 0 if there are none. */
export function mostOf(numbers: Uint32Array, length: number): number {
  let most = 0
  for (let at = 0; at < length; at++) if ((numbers[at] as number) > most) most = numbers[at] as number
  return most
}

/** Pairs of a number and its row. Rows go from 0 to `count` - 1; the number 0 is not counted. */
type Numbered = { rows: Uint32Array; numbers: Uint32Array; count: number }

/** Counts the different numbers of `count` rows by marking which each row has, in `words` words for each. */
function openMarks(count: number, words: number) {
  const different = new Uint32Array(count)
  const marks = new Uint32Array(count * words)
  return {
    different,
    /** Marks the numbers from `from` to `to`. */
    add: (rows: Uint32Array, numbers: Uint32Array, from: number, to: number): void => {
      for (let at = from; at < to; at++) {
        const number = numbers[at] as number
        if (number === 0) continue
        const row = rows[at] as number
        const word = row * words + (number >>> 5)
        const before = marks[word] as number
        const after = (before | (1 << (number & 31))) >>> 0
        if (after === before) continue
        marks[word] = after
        different[row] = (different[row] as number) + 1
      }
    },
  }
}

/** Returns what counts the different numbers of rows as they come, the largest of which is `most`; null if marks need too much room. */
export function marksFor(count: number, most: number) {
  const words = (most >>> 5) + 1
  return count * words <= fewMarks ? openMarks(count, words) : null
}

async function countMarks(pace: Pace, { rows, numbers, count }: Numbered, words: number): Promise<Uint32Array> {
  const marks = openMarks(count, words)
  await pace.inParts(rows.length, (from, to) => marks.add(rows, numbers, from, to))
  return marks.different
}

/** Counts different numbers by putting those of each row next to each other. */
async function countSorted(pace: Pace, { rows, numbers, count }: Numbered, most: number): Promise<Uint32Array> {
  const starts = new Uint32Array(count + 1)
  await pace.inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++)
      starts[(rows[at] as number) + 1] = (starts[(rows[at] as number) + 1] as number) + 1
  })
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const next = starts.slice()
  const sorted = new Uint32Array(rows.length)
  await pace.inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] as number
      sorted[next[row] as number] = numbers[at] as number
      next[row] = (next[row] as number) + 1
    }
  })
  const different = new Uint32Array(count)
  const last = new Uint32Array(most + 1)
  await pace.inParts(count, (from, to) => {
    for (let row = from; row < to; row++)
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const number = sorted[at] as number
        if (number === 0 || last[number] === row + 1) continue
        last[number] = row + 1
        different[row] = (different[row] as number) + 1
      }
  })
  return different
}

/** Returns only the rows with several different numbers, with places of their own, and the first number of each row. */
async function severalOf(pace: Pace, { rows, numbers, count }: Numbered) {
  const first = new Uint32Array(count)
  const places = new Uint32Array(count)
  let more = 0
  await pace.inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const [number, row] = [numbers[at] as number, rows[at] as number]
      const known = first[row] as number
      if (known === 0) first[row] = number
      else if (number !== 0 && known !== number && places[row] === 0) places[row] = ++more
    }
  })
  const several = { rows: new Uint32Array(rows.length), numbers: new Uint32Array(rows.length), count: more }
  let length = 0
  for (let at = 0; more > 0 && at < rows.length; at++) {
    const place = places[rows[at] as number] as number
    if (place === 0) continue
    several.rows[length] = place - 1
    several.numbers[length++] = numbers[at] as number
  }
  several.rows = several.rows.subarray(0, length)
  several.numbers = several.numbers.subarray(0, length)
  return { several, first, places }
}

/**
 * Returns how many different numbers each of `count` rows has: `numbers` are next to the rows they are of, and 0 is not counted. Most rows
 * have one number, which needs no more than remembering it. `mostWords`: room for marks.
 */
export async function countDifferent(
  pace: Pace,
  rows: Uint32Array,
  count: number,
  numbers: Uint32Array,
  mostWords = roomForMarks,
): Promise<Uint32Array> {
  const most = mostOf(numbers, numbers.length)
  const words = (most >>> 5) + 1
  const all = { rows, numbers, count }
  if (count * words <= Math.min(mostWords, fewMarks)) return countMarks(pace, all, words)
  const { several, first, places } = await severalOf(pace, all)
  const counted =
    several.count * words <= mostWords ? await countMarks(pace, several, words) : await countSorted(pace, several, most)
  const different = new Uint32Array(count)
  for (let row = 0; row < count; row++) {
    const place = places[row] as number
    different[row] = place > 0 ? (counted[place - 1] as number) : first[row] === 0 ? 0 : 1
  }
  return different
}
