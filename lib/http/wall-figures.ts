import { serverContext } from '#lib/access/context.ts'
import type { WallData } from '#lib/model/rows.ts'
import type { Params, Problem } from '#lib/params/params.ts'
import { parseParams, searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { shared } from '#lib/process/shared.ts'
import { selectWall } from '#lib/query/wall.ts'
import { asServer } from '#lib/store/asking.ts'

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

const figuresOf = (anchor: Anchor): Figures => shared(`wall ${anchor}`, () => ({ kept: null, asked: null }))

/** Reads the URL of the wall in the API: it takes its anchor and no other parameter. */
export function wallParams(url: URL): { anchor: Anchor; problems: Problem[] } {
  const search = searchParamsOf(url)
  const { params, problems } = parseParams({ anchor: search.anchor }, 'risk')
  return { anchor: params.anchor, problems: [...problems, ...unknownParams(search, ['anchor'])] }
}

async function read(figures: Figures, anchor: Anchor): Promise<WallData> {
  const { reads, now: at } = await serverContext()
  const version = await reads.version()
  const { kept } = figures
  if (kept !== null && at - kept.at < (kept.version === version ? keptFor : keptLeast)) return kept.data
  const data = await selectWall(reads, { anchor }, at)
  figures.kept = { version, at, data }
  return data
}

/** Returns what the wall shows now. The figures are computed once, however many ask for them. */
export async function currentWall(anchor: Anchor): Promise<WallData> {
  const figures = figuresOf(anchor)
  figures.asked ??= asServer('watch', () => read(figures, anchor)).finally(() => {
    figures.asked = null
  })
  return { ...(await figures.asked), at: Date.now() }
}
