import type { Pace } from './pace.ts'
import type { Source } from './source.ts'

/** Texts that are read at once. */
const chunk = 10_000
/** Of so many texts between two numbers, one at least must be wanted for reading all of them to be quicker than one by one. */
const dense = 4

/** A text without what it was cut out of, which would stay in memory as long as it. */
export const alone = (text: string): string => ` ${text}`.slice(1)

/** Returns the text of a number in the dictionary; null for 0, which is what was not logged. */
export function textOf(source: Source, id: number): string | null {
  if (id === 0) return null
  const [row] = source.rows<[value: string]>('SELECT value FROM text WHERE id = ?', [id])
  if (row === undefined) throw new Error(`There is no text ${id}.`)
  return row[0]
}

/** Calls `take` with each of some texts, whose numbers are given in ascending order and without 0. */
export async function eachText(
  source: Source,
  pace: Pace,
  ids: Uint32Array,
  take: (id: number, value: string) => void,
): Promise<void> {
  for (let from = 0; from < ids.length; ) {
    const to = Math.min(from + chunk, ids.length)
    const [first, last] = [ids[from] as number, ids[to - 1] as number]
    if (last - first < (to - from) * dense) {
      let next = from
      for (const [id, value] of source.rows<[id: number, value: string]>(
        'SELECT id, value FROM text WHERE id BETWEEN ? AND ? ORDER BY id',
        [first, last],
      )) {
        if (ids[next] !== id) continue
        take(id, value)
        next += 1
      }
    } else for (let at = from; at < to; at++) take(ids[at] as number, textOf(source, ids[at] as number) ?? '')
    from = to
    await pace.breathe()
  }
}

/** The different numbers in a column, in ascending order, without 0 and those that are not wanted. */
export function distinctIn(column: Uint32Array, length: number, isWanted: (id: number) => boolean): Uint32Array {
  let most = 0
  for (let at = 0; at < length; at++) if ((column[at] as number) > most) most = column[at] as number
  const seen = new Uint8Array(most + 1)
  for (let at = 0; at < length; at++) seen[column[at] as number] = 1
  const ids: number[] = []
  for (let id = 1; id <= most; id++) if (seen[id] === 1 && isWanted(id)) ids.push(id)
  return Uint32Array.from(ids)
}

const unusual = /[\ud800-\uffff]/

/**
 * Returns texts in the order of their code points, null first. Without surrogates, that is the order of JavaScript, which is much
 * quicker than comparing bytes.
 */
export function sortedTexts<Each>(all: Each[], textOf: (each: Each) => string | null): Each[] {
  const isUsual = all.every((each) => !unusual.test(textOf(each) ?? ''))
  const compare = (a: string, b: string): number =>
    isUsual ? (a < b ? -1 : 1) : Buffer.compare(Buffer.from(a), Buffer.from(b))
  return all.toSorted((one, other) => {
    const [a, b] = [textOf(one), textOf(other)]
    if (a === b) return 0
    return a === null ? -1 : b === null ? 1 : compare(a, b)
  })
}
