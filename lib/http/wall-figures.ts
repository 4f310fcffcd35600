import { serverContext } from '#lib/access/context.ts'
import type { WallData } from '#lib/model/rows.ts'
import type { Params, Problem } from '#lib/params/params.ts'
import { parseParams, searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { shared } from '#lib/process/shared.ts'
import { selectDecided } from '#lib/query/decided.ts'
import { selectWall } from '#lib/query/wall.ts'
import { asServer } from '#lib/store/asking.ts'

export type Anchor = Params['anchor']
/** What a wall asks for: the end of its ranges, and whether the risk of what is known good is left out. */
export type WallAsked = { anchor: Anchor; dispositions: 'apply' | null }
type Figures = {
  kept: { version: string; at: number; data: WallData } | null
  /** The computation that is going on. */
  asked: Promise<WallData> | null
}

/** Milliseconds for which figures are kept while no data comes in: the clock moves them too. */
const keptFor = 30_000
/** For which they are kept while data comes in: a log being read changes them many times a second. */
const keptLeast = 2000

/** A text that is the same for walls that show the same. */
export const wallKey = ({ anchor, dispositions }: WallAsked): string => `${anchor} ${dispositions ?? 'all'}`

const figuresOf = (asked: WallAsked): Figures => shared(`wall ${wallKey(asked)}`, () => ({ kept: null, asked: null }))

/** Reads the URL of the wall in the API: it takes its anchor, `dispositions` and no other parameter. */
export function wallParams(url: URL): { asked: WallAsked; problems: Problem[] } {
  const search = searchParamsOf(url)
  const { params, problems } = parseParams({ anchor: search.anchor, dispositions: search.dispositions }, 'risk')
  const asked = { anchor: params.anchor, dispositions: params.dispositions === 'apply' ? ('apply' as const) : null }
  return { asked, problems: [...problems, ...unknownParams(search, ['anchor', 'dispositions'])] }
}

async function read(figures: Figures, { anchor, dispositions }: WallAsked): Promise<WallData> {
  const { reads, now: at } = await serverContext()
  const version = await reads.version()
  const { kept } = figures
  if (kept !== null && at - kept.at < (kept.version === version ? keptFor : keptLeast)) return kept.data
  const leftOut = dispositions === null ? null : await reads.findRows(await selectDecided(reads, at))
  const data = await selectWall(reads, { anchor }, at, leftOut)
  figures.kept = { version, at, data }
  return data
}

/** Returns what the wall shows now. The figures are computed once, however many ask for them. */
export async function currentWall(asked: WallAsked): Promise<WallData> {
  const figures = figuresOf(asked)
  figures.asked ??= asServer('watch', () => read(figures, asked)).finally(() => {
    figures.asked = null
  })
  return { ...(await figures.asked), at: Date.now() }
}
