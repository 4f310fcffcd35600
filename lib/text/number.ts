// U+202F keeps a number on one line.
const thinSpace = '\u202f'

/** A count with thin-space thousands, never abbreviated: `1 204 311`. */
export const countText = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, thinSpace)

/** A count and its noun: `1 event`, `1 391 events`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

const steps: [letter: string, size: number][] = [
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
]

/** A count for a tile, three figures at most: `12.3k`, `1.2M`. Its exact value belongs next to it. */
export function shortCountText(count: number): string {
  const step = steps.find(([, size]) => count >= size)
  if (step === undefined) return String(count)
  const value = count / step[1]
  // Cut, not rounded: 999 999 is not yet a million.
  const text = value >= 100 ? String(Math.floor(value)) : String(Math.floor(value * 10) / 10)
  return text + step[0]
}

/** A share as a percentage that never says 0 or 100 unless it is: `<0.1 %`, `99.9 %`. */
export function shareText(part: number, total: number): string {
  if (total === 0 || part === 0) return '0 %'
  const percent = (part / total) * 100
  if (percent < 0.1) return '<0.1 %'
  if (part < total && percent > 99.9) return '99.9 %'
  return `${percent >= 10 ? Math.round(Math.min(percent, part < total ? 99 : 100)) : percent.toFixed(1)} %`
}
