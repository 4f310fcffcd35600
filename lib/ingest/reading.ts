import type { NewUpload } from '#lib/model/upload.ts'
import type { Writes } from '#lib/store/store.ts'
import { openByteQueue } from './byte-queue.ts'
import type { Ending } from './endings.ts'
import { ingestLog } from './ingest.ts'
import { openPace, type Pace } from './pace.ts'
import { openRoom } from './pipeline.ts'
import { takeBack } from './taking-back.ts'
import type { openTurns, Turn } from './turns.ts'

/** Bytes of one upload that may wait to be read. */
const queueLimit = 1024 * 1024

/** An upload that is taken in, until somebody asks for its ending. */
export type Running = {
  upload: NewUpload
  pace: Pace
  queue: ReturnType<typeof openByteQueue>
  stop: AbortController
  turn: Turn
  waits: 'bytes' | 'removal' | null
  /** Resolves when it is stopped or has ended. */
  over: PromiseWithResolvers<void>
  /** An ending that is known before it is carried out. */
  early: PromiseWithResolvers<Ending>
  hasEnded: boolean
  ending: Promise<Ending>
}

/**
 * Reads uploads whose bytes come by a queue each, when they have their turn, and leaves nothing behind of those that fail.
 * `kept` returns the ids of uploads whose bytes are all in the data folder; `ended` is called when an upload has ended.
 */
export function openReading(
  store: Writes,
  turns: ReturnType<typeof openTurns>,
  kept: () => Promise<string[]>,
  ended: (upload: NewUpload) => void,
) {
  const room = openRoom()

  /** Resolves when no upload is being removed. */
  async function removed(upload: Omit<Running, 'ending'>): Promise<void> {
    upload.waits = 'removal'
    await store.removed()
    upload.waits = null
    upload.stop.signal.throwIfAborted()
  }

  async function readInTurn(running: Omit<Running, 'ending'>) {
    const { upload, queue, turn, stop, pace } = running
    const bytes = async (ready: Promise<void>): Promise<void> => {
      running.waits = 'bytes'
      await pace.wait(ready)
      running.waits = null
    }
    await bytes(queue.ready())
    await removed(running)
    await turn.take(stop.signal)
    // One may have begun while this upload waited in line.
    await removed(running)
    const chunks = queue.read((ready) => turn.pause(bytes(ready), stop.signal))
    return ingestLog(store, upload, chunks, stop.signal, { room, clock: turn.spent })
  }

  async function run(running: Omit<Running, 'ending'>): Promise<Ending> {
    try {
      const read = await readInTurn(running).finally(running.turn.end)
      // The next upload is read meanwhile, so that the store can commit both together.
      await read.committed
      running.stop.signal.throwIfAborted()
      return { state: 'done' }
    } catch (error) {
      running.queue.fail(error as Error)
      return await takeBack(store, kept, running.upload.id, error as Error)
    } finally {
      running.hasEnded = true
      running.over.resolve()
      ended(running.upload)
    }
  }

  return {
    /** Begins to read an upload when it has bytes and a turn. */
    start: (upload: NewUpload): Running => {
      const entry: Omit<Running, 'ending'> = {
        upload,
        pace: openPace(),
        queue: openByteQueue(queueLimit),
        stop: new AbortController(),
        turn: turns.open(upload.id),
        waits: null,
        over: Promise.withResolvers(),
        early: Promise.withResolvers(),
        hasEnded: false,
      }
      return Object.assign(entry, { ending: Promise.race([entry.early.promise, run(entry)]) })
    },
    /** Stops an upload. */
    stop: (upload: Running, error: Error): Promise<Ending> => {
      upload.stop.abort(error)
      upload.queue.fail(error)
      upload.over.resolve()
      return upload.ending
    },
  }
}
