import type { Params } from '#lib/params/params.ts'
import type { Store } from '#lib/store/store.ts'

/** The time range of a screen in milliseconds, both ends included; null where it is open. `now` and `newest` are what anchors mean. */
export type Window = {
  from: number | null
  to: number | null
  now: number
  oldest: number | null
  newest: number | null
}

/** Time of the newest event, or null where there is none. */
export async function newestEvent(store: Store): Promise<number | null> {
  const [row] = await store.all<{ newest: number | null }>('SELECT max(time) AS newest FROM event')
  return row?.newest ?? null
}

/** Turns `from`, `to`, `last` and `anchor` into times. `last` counts back from `to` where it is given, else from the anchor. */
export async function resolveWindow(store: Store, params: Params): Promise<Window> {
  const now = Date.now()
  const [span] = await store.all<{ oldest: number | null; newest: number | null }>(
    'SELECT (SELECT min(time) FROM event) AS oldest, (SELECT max(time) FROM event) AS newest',
  )
  const { oldest = null, newest = null } = span ?? {}
  if (params.last === null) return { from: params.from, to: params.to, now, oldest, newest }
  const end = params.to ?? (params.anchor === 'newest' ? (newest ?? now) : now)
  const start = end - params.last.ms
  return { from: params.from === null ? start : Math.max(params.from, start), to: end, now, oldest, newest }
}

export const hourLength = 3_600_000
export const dayLength = 86_400_000
export const hourOf = (time: number): number => Math.floor(time / hourLength)
export const dayOf = (ms: number): number => Math.floor(ms / dayLength)
