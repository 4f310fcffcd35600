/** What one batch adds to a running total: how many, and the least and greatest time in milliseconds. */
export type Sum = { count: number; first: number; last: number }

export const emptySum = (): Sum => ({ count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY })

export function addTime(sum: Sum, time: number): void {
  sum.count += 1
  if (time < sum.first) sum.first = time
  if (time > sum.last) sum.last = time
}

/** Adds what another sum counted. */
export function addSum(sum: Sum, other: Sum): void {
  sum.count += other.count
  sum.first = Math.min(sum.first, other.first)
  sum.last = Math.max(sum.last, other.last)
}

const hourLength = 3_600_000
export const hourOf = (time: number): number => Math.floor(time / hourLength)

/** Sums under two whole numbers, of which the second is below 2^53. */
export function openSums() {
  const sums = new Map<number, Map<number, Sum>>()
  return {
    add: (outer: number, inner: number, time: number) => {
      let inside = sums.get(outer)
      if (inside === undefined) {
        inside = new Map()
        sums.set(outer, inside)
      }
      let sum = inside.get(inner)
      if (sum === undefined) {
        sum = emptySum()
        inside.set(inner, sum)
      }
      addTime(sum, time)
    },
    /** Hands over every sum, and starts again. */
    take: (use: (outer: number, inner: number, sum: Sum) => void) => {
      for (const [outer, inside] of sums) for (const [inner, sum] of inside) use(outer, inner, sum)
      sums.clear()
    },
    clear: () => sums.clear(),
  }
}
