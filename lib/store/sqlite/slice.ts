/** How much of a long job is done in one transaction. */
export type Slice = {
  /** The slice ends after this many milliseconds. */
  milliseconds: number
  /** Events looked at before the clock is asked again. */
  events: number
}

/** So short that a small write never waits longer than 250 ms for a slice. */
export const defaultSlice: Slice = { milliseconds: 150, events: 512 }

/** Starts the clock of a slice. Returns whether its time is over. */
export function isOver({ milliseconds }: Slice): () => boolean {
  const end = Date.now() + milliseconds
  return () => Date.now() >= end
}
