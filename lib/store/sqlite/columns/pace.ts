import type { Step } from '#lib/model/progress.ts'

/** Work that was given up because nobody waits for its answer. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  constructor() {
    super('Nobody waits for this answer any more.')
  }
}

/** Milliseconds of work after which messages are looked at, and at least between two reports. */
const stretch = 25
const between = 200

/** One piece of work: a question, or what is done in advance. */
export type Turn = { isCancelled: boolean; isReported: boolean }

export type Pace = ReturnType<typeof openPace>

/**
 * Lets long work be given up and say how far it is: it calls `breathe` between its parts, and messages that arrive meanwhile can cancel
 * its turn. `report` is called with each step when it begins, and then with how far it is.
 */
export function openPace(report: (step: Step) => void = () => {}) {
  let since = performance.now()
  let turn: Turn = { isCancelled: false, isReported: false }
  let step: Step | null = null
  let reported = since

  function say(): void {
    if (step === null || !turn.isReported) return
    reported = performance.now()
    report({ ...step })
  }

  async function breathe(): Promise<void> {
    if (performance.now() - since >= stretch) {
      if (performance.now() - reported >= between) say()
      // Messages are looked at between the two, wherever in its round the event loop is.
      for (const _ of [1, 2]) await new Promise<void>((resolve) => void setImmediate(resolve))
      since = performance.now()
    }
    if (turn.isCancelled) throw new Cancelled()
  }

  /** Counts what the step has done since it was called last. */
  function advance(count: number): void {
    if (step !== null) step.done += count
  }

  return {
    breathe,
    advance,
    /** Runs work as a step with so much to do, or null if that is not known; the step around it goes on afterwards. */
    during: async <Result>(
      doing: Step['doing'],
      total: number | null,
      work: () => Promise<Result>,
    ): Promise<Result> => {
      const outer = step
      step = { doing, done: 0, total }
      // Said at once: the first part can be one long statement of SQL.
      if (total !== 0) say()
      try {
        return await work()
      } finally {
        step = outer
      }
    },
    /** Calls `work` with stretches of the numbers from 0 to `length`, which count as done, and breathes after each. */
    inParts: async (length: number, work: (from: number, to: number) => void, size = 262_144): Promise<void> => {
      for (let from = 0; from < length; from += size) {
        const to = Math.min(from + size, length)
        work(from, to)
        advance(to - from)
        await breathe()
      }
    },
    /** Call before each turn begins. */
    begin: (next: Turn): void => {
      since = performance.now()
      reported = since
      turn = next
      step = null
    },
  }
}
