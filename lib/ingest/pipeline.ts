import type { Writes } from '#lib/store/store.ts'
import { hasCode } from '#lib/thread/error.ts'

/** Calls of one upload that wait for their commit at once, at most. */
const callLimit = 400
/** Events of all uploads that wait for their commit at once, at most: more than the store commits together. */
const eventLimit = 160_000

/** Room for events on their way to the store, shared by all uploads of a queue. */
export function openRoom(limit = eventLimit) {
  let taken = 0
  let waiting: (() => void)[] = []
  return {
    /** Resolves when there is room. One batch has room however large it is. */
    take: async (events: number): Promise<void> => {
      while (taken > 0 && taken + events > limit) await new Promise<void>((resolve) => waiting.push(resolve))
      taken += events
    },
    free: (events: number): void => {
      taken -= events
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
  }
}
export type Room = ReturnType<typeof openRoom>

/** A write interface whose calls need not wait for one another. */
export type Pipeline = Pick<Writes, 'openBatch' | 'createUpload' | 'startUpload' | 'write' | 'finishUpload'> & {
  /** Whether no call waits for its commit. */
  isIdle(): boolean
  /** Resolves when everything is committed. @throws the first error. */
  settled(): Promise<void>
  /** The first error of a call; null if there is none. */
  failure(): Error | null
}

/**
 * Sends writes without waiting for each to be committed, so that the store can commit many together: 10,000 small logs of
 * an archive are not 40,000 commits. A call resolves when there is room for the next. @throws the first error of an
 * earlier call, instead of making the call.
 */
export function openPipeline(store: Writes, room: Room): Pipeline {
  const sent = new Set<Promise<void>>()
  let failure: Error | null = null

  async function send(call: () => Promise<void>, events = 0): Promise<void> {
    while (failure === null && sent.size >= callLimit) await Promise.race(sent)
    if (events > 0) await room.take(events)
    if (failure !== null) {
      room.free(events)
      throw failure
    }
    const made = call()
      .catch((error) => {
        // A log of an archive that was removed while it is read: its other logs are none the worse.
        if (!hasCode(error, 'UPLOAD_GONE')) failure ??= error as Error
      })
      .finally(() => {
        room.free(events)
        sent.delete(made)
      })
    sent.add(made)
  }

  return {
    openBatch: store.openBatch,
    createUpload: (upload) => send(() => store.createUpload(upload)),
    startUpload: (id, format) => send(() => store.startUpload(id, format)),
    write: (id, batch, counts) => send(() => store.write(id, batch, counts), batch.length),
    finishUpload: (id, continuity) => send(() => store.finishUpload(id, continuity)),
    isIdle: () => sent.size === 0,
    settled: async () => {
      await Promise.all(sent)
      if (failure !== null) throw failure
    },
    failure: () => failure,
  }
}
