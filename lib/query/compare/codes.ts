import type { Receipt } from '../rows.ts'
import { type HeldCount, sumBy } from './counts.ts'
import type { ComparedCode } from './rows.ts'

/** Records by code in each of two uploads, the kept codes first. Those cannot be told where a dest cannot. */
export function comparedCodes(a: Receipt, b: Receipt, counts: readonly HeldCount[], isUntold: boolean): ComparedCode[] {
  const kept = [...sumBy(counts, ({ EventCode }) => EventCode)].map(([code, sum]) => ({
    code: String(code),
    a: isUntold ? null : sum.both + sum.a,
    b: isUntold ? null : sum.both + sum.b,
  }))
  const others = [...new Set([...Object.keys(a.otherCodes), ...Object.keys(b.otherCodes)])]
    .map((code) => ({ code, a: a.otherCodes[code] ?? 0, b: b.otherCodes[code] ?? 0 }))
    .sort((x, y) => y.a + y.b - x.a - x.b || (x.code < y.code ? -1 : 1))
  return [...kept, ...others]
}
