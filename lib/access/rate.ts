/** Keys that are remembered at most: memory must not grow with the addresses of a network. */
const mostKeys = 10_000

type Rate = { left: number; at: number }

/**
 * Limits how often something may happen for each key: `most` times at once, and from then on as often as that in `period` milliseconds.
 * It is in memory, so a limit begins again with the process. A time in the future, as before the clock was set back, counts as now.
 */
export function openRate(most: number, period: number) {
  const rates = new Map<string, Rate>()
  const leftAt = ({ left, at }: Rate, now: number): number =>
    Math.min(most, left + (Math.max(0, now - at) * most) / period)

  /** Forgets keys that are as if they had never been used; if all are in use, the oldest. */
  function makeRoom(now: number): void {
    if (rates.size < mostKeys) return
    for (const [key, rate] of rates) if (leftAt(rate, now) >= most) rates.delete(key)
    for (const key of rates.keys()) if (rates.size >= mostKeys) rates.delete(key)
  }

  /** Returns the milliseconds until it may happen for a key; 0 if it may now. */
  function wait(key: string, now: number): number {
    const rate = rates.get(key)
    // From now on the wait gets shorter.
    if (rate !== undefined && rate.at > now) rate.at = now
    const left = rate === undefined ? most : leftAt(rate, now)
    return left >= 1 ? 0 : Math.ceil(((1 - left) * period) / most)
  }

  return {
    wait,
    /** Counts that it happens for a key, unless it may not: then returns the milliseconds until it may, else 0. */
    take: (key: string, now: number): number => {
      const ms = wait(key, now)
      if (ms > 0) return ms
      const rate = rates.get(key)
      if (rate === undefined) makeRoom(now)
      rates.set(key, { left: (rate === undefined ? most : leftAt(rate, now)) - 1, at: now })
      return 0
    },
  }
}
