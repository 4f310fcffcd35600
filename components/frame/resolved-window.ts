/** A time range made absolute: null is open. `newest` is the time of the newest event of all, null where there is none. */
export type ResolvedWindow = { from: number | null; to: number | null; now: number; newest: number | null }
