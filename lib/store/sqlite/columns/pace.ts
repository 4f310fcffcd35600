/** Work that was given up because nobody waits for its answer. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  constructor() {
    super('Nobody waits for this answer any more.')
  }
}

/** Milliseconds of work after which messages are looked at. */
const stretch = 25

export type Pace = ReturnType<typeof openPace>

/** Lets long work be given up: it calls `breathe` between its parts, and messages that arrive meanwhile can `cancel` it. */
export function openPace() {
  let since = performance.now()
  let isCancelled = false
  async function breathe(): Promise<void> {
    if (performance.now() - since >= stretch) {
      // Messages are looked at between the two, wherever in its round the event loop is.
      for (const _ of [1, 2]) await new Promise<void>((resolve) => void setImmediate(resolve))
      since = performance.now()
    }
    if (isCancelled) throw new Cancelled()
  }
  return {
    breathe,
    /** Calls `work` with stretches of the numbers from 0 to `length`, and breathes after each. */
    inParts: async (length: number, work: (from: number, to: number) => void, size = 262_144): Promise<void> => {
      for (let from = 0; from < length; from += size) {
        work(from, Math.min(from + size, length))
        await breathe()
      }
    },
    cancel: (): void => {
      isCancelled = true
    },
    /** Call before other work begins. */
    begin: (): void => {
      since = performance.now()
      isCancelled = false
    },
  }
}
