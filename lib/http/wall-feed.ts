import { setTimeout as wait } from 'node:timers/promises'
import type { Params, Problem } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import type { WallData } from '#lib/query/rows.ts'
import { selectWall } from '#lib/query/wall.ts'
import { getStore } from '#lib/store/open.ts'

type Anchor = Params['anchor']
type Kept = { key: string; at: number; data: WallData }

/** Milliseconds between two messages; and how long figures are kept while no data comes in (the clock moves them too). */
const beat = 5000
const keptFor = 30_000
/** How long they are kept while data comes in: a log being read changes them many times a second. */
const keptLeast = 2000

const kept = new Map<Anchor, Kept>()

/** The wall takes its anchor and no other parameter. */
export function wallParams(request: Request): { anchor: Anchor; problems: Problem[] } {
  const { anchor, ...others } = searchParamsOf(new URL(request.url))
  const { params, problems } = parseParams({ anchor }, 'risk')
  const message = 'There is no such parameter.'
  const unknown = Object.entries(others).map(([param, value]) => ({ param, value: String(value), message }))
  return { anchor: params.anchor, problems: [...problems, ...unknown] }
}

/** What the wall shows now. However many walls hang, the figures are read once. */
export async function currentWall(anchor: Anchor): Promise<WallData> {
  const store = await getStore()
  const [row] = await store.all<{ key: string }>(
    "SELECT count(*) || ' ' || coalesce(sum(stored), 0) || ' ' || coalesce(max(seq), 0) AS key FROM upload",
  )
  const key = row?.key ?? ''
  const known = kept.get(anchor)
  const at = Date.now()
  if (known !== undefined && at - known.at < (known.key === key ? keptFor : keptLeast)) return { ...known.data, at }
  const data = await selectWall(store, { anchor })
  kept.set(anchor, { key, at, data })
  return data
}

async function* messages(anchor: Anchor, signal: AbortSignal) {
  yield `retry: ${beat}\n\n`
  while (!signal.aborted) {
    yield `data: ${JSON.stringify(await currentWall(anchor))}\n\n`
    // Rejects only when the signal is aborted: the wall is gone, and the loop ends.
    await wait(beat, undefined, { signal }).catch(() => {})
  }
}

/** The feed of a wall until it is taken down. */
export function wallStream(anchor: Anchor, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const feed = messages(anchor, signal)
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await feed.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await feed.return(undefined)),
  })
}
