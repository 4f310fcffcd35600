import type { Run } from '#lib/continuity/chains.ts'
import { overlapOf } from '#lib/continuity/overlap.ts'
import type { Store } from '#lib/store/store.ts'
import type { Page } from '../rows.ts'
import { type HeldCount, sumBy } from './counts.ts'
import { held } from './held.ts'
import type { ComparedDest, Place, Side } from './rows.ts'

type SideRow = Side & { dest_key: string; dest: string; side: 'a' | 'b'; isUntold: 0 | 1 }
type StretchRow = Run & { dest_key: string; side: 'a' | 'b' }

/** A page of the dests of two uploads, those that both have first. */
export async function selectComparedDests(
  store: Store,
  ids: [string, string],
  counts: readonly HeldCount[],
  { offset, limit }: { offset: number; limit: number },
): Promise<Page<ComparedDest>> {
  const [sides, [count]] = await Promise.all([
    store.all<SideRow>(
      `WITH ${held}, page AS (SELECT dest_key, count(*) AS sides FROM dest_side GROUP BY dest_key ORDER BY sides DESC, dest_key LIMIT ? OFFSET ?)
       SELECT dest_side.* FROM page JOIN dest_side USING (dest_key) ORDER BY page.sides DESC, dest_key, side`,
      [...ids, limit, offset],
    ),
    store.all<{ total: number }>(`WITH ${held} SELECT count(DISTINCT dest_key) AS total FROM dest_side`, ids),
  ])
  const keys = JSON.stringify(sides.map(({ dest_key }) => dest_key))
  const stretches = await store.all<StretchRow>(
    `WITH ${held} SELECT t.dest_key, side, first_id AS firstId, last_id AS lastId, first_time AS firstTime, last_time AS lastTime
     FROM side JOIN upload_stretch t ON t.upload = side.seq JOIN told USING (dest_key) WHERE t.dest_key IN (SELECT value FROM json_each(?))`,
    [...ids, keys],
  )
  const runs = Map.groupBy(stretches, ({ dest_key }) => dest_key)
  const eventsOf = sumBy(counts, ({ dest_key }) => dest_key)
  const rows = [...Map.groupBy(sides, ({ dest_key }) => dest_key)].map(([key, of]) =>
    compared(of, runs.get(key) ?? [], eventsOf.get(key) ?? { both: 0, a: 0, b: 0 }),
  )
  return { total: count?.total ?? 0, rows }
}

function compared(sides: SideRow[], runs: StretchRow[], events: Record<Place, number>): ComparedDest {
  const sideOf = (name: 'a' | 'b'): Side | null => {
    const found = sides.find(({ side }) => side === name)
    if (found === undefined) return null
    const { records, events, firstTime, lastTime } = found
    return { records, events, firstTime, lastTime }
  }
  const isTold = sides.every(({ isUntold }) => isUntold === 0)
  const runsOf = (name: 'a' | 'b') => runs.filter(({ side }) => side === name)
  const overlap = isTold ? overlapOf(runsOf('a'), runsOf('b')) : null
  return {
    dest: sides[0]?.dest ?? '',
    a: sideOf('a'),
    b: sideOf('b'),
    records: overlap && { both: overlap.both, a: overlap.onlyA, b: overlap.onlyB },
    filled: overlap && { a: overlap.filledA, b: overlap.filledB },
    events: isTold ? events : null,
  }
}
