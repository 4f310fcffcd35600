import type { Params, Problem } from '#lib/params/params.ts'
import { parseParams, searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import type { WallData } from '#lib/query/rows.ts'
import { selectWall, selectWallVersion } from '#lib/query/wall.ts'
import { asServer } from '#lib/store/asking.ts'
import { getStore } from '#lib/store/open.ts'

export type Anchor = Params['anchor']
type Figures = {
  kept: { version: string; at: number; data: WallData } | null
  /** The computation that is going on. */
  asked: Promise<WallData> | null
}

/** Milliseconds for which figures are kept while no data comes in: the clock moves them too. */
const keptFor = 30_000
/** For which they are kept while data comes in: a log being read changes them many times a second. */
const keptLeast = 2000

// The server and the bundled routes each load this module; they share the figures.
const shared = globalThis as { asrHuntWall?: Record<Anchor, Figures> }
shared.asrHuntWall ??= { now: { kept: null, asked: null }, newest: { kept: null, asked: null } }
const ofAnchor = shared.asrHuntWall

/** Reads the URL of the wall in the API: it takes its anchor and no other parameter. */
export function wallParams(url: URL): { anchor: Anchor; problems: Problem[] } {
  const search = searchParamsOf(url)
  const { params, problems } = parseParams({ anchor: search.anchor }, 'risk')
  return { anchor: params.anchor, problems: [...problems, ...unknownParams(search, ['anchor'])] }
}

async function read(figures: Figures, anchor: Anchor): Promise<WallData> {
  const store = await getStore()
  const version = await selectWallVersion(store)
  const { kept } = figures
  const at = Date.now()
  if (kept !== null && at - kept.at < (kept.version === version ? keptFor : keptLeast)) return kept.data
  const data = await selectWall(store, { anchor })
  figures.kept = { version, at, data }
  return data
}

/** Returns what the wall shows now. The figures are computed once, however many ask for them. */
export async function currentWall(anchor: Anchor): Promise<WallData> {
  const figures = ofAnchor[anchor]
  figures.asked ??= asServer('watch', () => read(figures, anchor)).finally(() => {
    figures.asked = null
  })
  return { ...(await figures.asked), at: Date.now() }
}
