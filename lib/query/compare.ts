import { overlapOf } from '#lib/continuity/overlap.ts'
import type {
  ComparedCode,
  ComparedDest,
  Comparison,
  HeldCount,
  Pair,
  Place,
  Side,
  SideStretches,
} from '#lib/model/compared.ts'
import type { Receipt } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { UploadEventReads, UploadReads } from '#lib/store/reads.ts'

/** Compares two uploads: their hosts, a page of them, and what they have in common. Null if one of them is not there. */
export async function selectComparison(
  reads: UploadReads & UploadEventReads,
  pair: Pair,
  page: PageRange,
): Promise<Comparison | null> {
  const [a, b] = await Promise.all([reads.upload(pair[0]), reads.upload(pair[1])])
  if (a === null || b === null) return null
  const breaksOf = async (id: string) =>
    (await reads.continuity('breaks', id, { dest: null, offset: 0, limit: 0 })).total
  const [counts, versions, untold, hosts, breaksA, breaksB] = await Promise.all([
    reads.heldCounts(pair),
    reads.comparedVersions(pair),
    reads.countUntold(pair),
    reads.comparedSides(pair, page),
    breaksOf(pair[0]),
    breaksOf(pair[1]),
  ])
  const eventsOf = Map.groupBy(counts, ({ dest }) => dest)
  return {
    a,
    b,
    dests: { total: hosts.total, rows: hosts.rows.map((host) => compared(host, sum(eventsOf.get(host.key) ?? []))) },
    events: sum(counts),
    untold,
    breaks: { a: breaksA, b: breaksB },
    codes: comparedCodes(a, b, counts, untold > 0),
    versions,
  }
}

/** The sum of counts over hosts and codes. */
const sum = (counts: readonly HeldCount[]): Record<Place, number> =>
  counts.reduce((all, { both, a, b }) => ({ both: all.both + both, a: all.a + a, b: all.b + b }), {
    both: 0,
    a: 0,
    b: 0,
  })

function compared({ sides }: SideStretches, events: Record<Place, number>): ComparedDest {
  const of = (name: 'a' | 'b') => sides.find(({ side }) => side === name)
  const sideOf = (name: 'a' | 'b'): Side | null => {
    const found = of(name)
    if (found === undefined) return null
    const { records, events, firstTime, lastTime } = found
    return { records, events, firstTime, lastTime }
  }
  const isTold = sides.every(({ isUntold }) => !isUntold)
  const overlap = isTold ? overlapOf(of('a')?.runs ?? [], of('b')?.runs ?? []) : null
  return {
    dest: sides[0]?.dest ?? '',
    a: sideOf('a'),
    b: sideOf('b'),
    records: overlap && { both: overlap.both, a: overlap.onlyA, b: overlap.onlyB },
    filled: overlap && { a: overlap.filledA, b: overlap.filledB },
    events: isTold ? events : null,
  }
}

/** Records by code in each of two uploads, the kept codes first. Kept codes are unknown if a host is. */
function comparedCodes(a: Receipt, b: Receipt, counts: readonly HeldCount[], isUntold: boolean): ComparedCode[] {
  const kept = [...Map.groupBy(counts, ({ EventCode }) => EventCode)].map(([code, of]) => {
    const { both, a, b } = sum(of)
    return { code: String(code), a: isUntold ? null : both + a, b: isUntold ? null : both + b }
  })
  const others = [...new Set([...Object.keys(a.otherCodes), ...Object.keys(b.otherCodes)])]
    .map((code) => ({ code, a: a.otherCodes[code] ?? 0, b: b.otherCodes[code] ?? 0 }))
    .sort((x, y) => y.a + y.b - x.a - x.b || (x.code < y.code ? -1 : 1))
  return [...kept, ...others]
}
