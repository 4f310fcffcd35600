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

/** Sums under two whole numbers, of which the second is below 2^53. */
export function openSums() {
  const sums = new Map<number, Map<number, Sum>>()
  /** The latest outer number, which often comes again, and what is under it. */
  let latest = Number.NaN
  let inside = new Map<number, Sum>()

  function seek(outer: number): void {
    latest = outer
    inside = sums.get(outer) ?? new Map()
    sums.set(outer, inside)
  }

  function clear(): void {
    sums.clear()
    latest = Number.NaN
  }

  return {
    add: (outer: number, inner: number, time: number) => {
      if (outer !== latest) seek(outer)
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
      clear()
    },
    clear,
  }
}
