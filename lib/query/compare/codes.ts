import type { Store } from '#lib/store/store.ts'
import type { Receipt } from '../rows.ts'
import { held } from './held.ts'
import type { ComparedCode } from './rows.ts'

/** Records by code in each of two uploads, the kept codes first. Those cannot be told where a dest cannot. */
export async function selectCodes(store: Store, a: Receipt, b: Receipt, isUntold: boolean): Promise<ComparedCode[]> {
  const kept = await store.all<{ code: string; a: number; b: number }>(
    `WITH ${held} SELECT CAST(EventCode AS TEXT) AS code, sum(inA) AS a, sum(inB) AS b FROM held GROUP BY EventCode ORDER BY EventCode`,
    [a.id, b.id],
  )
  const others = [...new Set([...Object.keys(a.otherCodes), ...Object.keys(b.otherCodes)])]
    .map((code) => ({ code, a: a.otherCodes[code] ?? 0, b: b.otherCodes[code] ?? 0 }))
    .sort((x, y) => y.a + y.b - x.a - x.b || (x.code < y.code ? -1 : 1))
  return [...kept.map((row) => (isUntold ? { ...row, a: null, b: null } : row)), ...others]
}
