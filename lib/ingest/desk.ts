import { setTimeout as wait } from 'node:timers/promises'
import { log } from '#lib/log/log.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { isNoSpace, noSpaceMessage } from '#lib/store/errors.ts'
import type { Writes } from '#lib/store/store.ts'
import { openByteQueue } from './byte-queue.ts'
import { ingestLog, UnknownFormat } from './ingest.ts'
import { openRoom } from './pipeline.ts'

/** Bytes of one upload that may lie unread. */
const queueLimit = 4 * 1024 * 1024

/** How an upload ended: read to the end, or not, and why. */
export type Ending =
  | { state: 'done' }
  | { state: 'failed' | 'cancelled' | 'unknown-format' | 'no-space'; message: string }

/** How long the sender of an upload without space waits until it is taken back, in milliseconds. */
const longestTakingBack = 10_000

type Running = {
  queue: ReturnType<typeof openByteQueue>
  stop: AbortController
  ending: Promise<Ending>
  hasEnded: boolean
}

class Cancelled extends Error {
  override name = 'Cancelled'
}

/**
 * Takes uploads in, reads them in turn and leaves nothing behind of those that fail. It runs in the ingest thread.
 * `atOnce` uploads are read at the same time and share the thread batch by batch; further ones wait as queued.
 */
export function openDesk(store: Writes, atOnce = 2) {
  const first = store.nextUpload()
  // Whoever calls `recover` gets the error.
  first.catch(() => {})
  const room = openRoom()
  const running = new Map<string, Running>()
  let free = atOnce
  const line: (() => void)[] = []

  /** Resolves when it is the upload's turn. @throws the signal's reason where it is stopped while it waits in line. */
  const turn = async (signal: AbortSignal): Promise<void> => {
    if (free > 0) {
      free -= 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      line.push(resolve)
      const leaveLine = () => {
        const place = line.indexOf(resolve)
        if (place !== -1) line.splice(place, 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', leaveLine, { once: true })
    })
  }
  const leave = () => {
    const next = line.shift()
    if (next === undefined) free += 1
    else next()
  }

  async function readInTurn(upload: NewUpload, queue: Running['queue'], signal: AbortSignal) {
    await store.removed()
    signal.throwIfAborted()
    return ingestLog(store, upload, queue.read(), signal, room)
  }

  async function run(upload: NewUpload, queue: Running['queue'], signal: AbortSignal): Promise<Ending> {
    try {
      await turn(signal)
      const read = await readInTurn(upload, queue, signal).finally(leave)
      // The next upload is read meanwhile, so that the store can commit both together.
      await read.committed
      return { state: 'done' }
    } catch (error) {
      queue.fail(error as Error)
      return await clear(upload.id, error as Error)
    } finally {
      const entry = running.get(upload.id)
      if (entry !== undefined) entry.hasEnded = true
    }
  }

  async function clear(id: string, error: Error): Promise<Ending> {
    if (error instanceof Cancelled) {
      await store.undoUpload(id)
      return { state: 'cancelled', message: error.message }
    }
    if (isNoSpace(error)) return clearWithoutSpace(id)
    await store.failUpload(id, error.message)
    return { state: error instanceof UnknownFormat ? 'unknown-format' : 'failed', message: error.message }
  }

  /** Takes back what there was no space for. That may have to wait for space; the sender does not. */
  async function clearWithoutSpace(id: string): Promise<Ending> {
    const removed = store.failUpload(id, noSpaceMessage)
    removed.catch((error) => log.error('An upload without space could not be taken back.', { upload: id, error }))
    await Promise.race([removed, wait(longestTakingBack, undefined, { ref: false })])
    return { state: 'no-space', message: noSpaceMessage }
  }

  function stop(upload: Running, error: Error): Promise<Ending> {
    upload.stop.abort(error)
    upload.queue.fail(error)
    return upload.ending
  }

  /** The ending of an upload, once: who asks is told, and the upload is forgotten here. */
  function collect(id: string, hurry: (upload: Running) => void): Promise<Ending> | null {
    const upload = running.get(id)
    if (upload === undefined) return null
    hurry(upload)
    return upload.ending.finally(() => running.delete(id))
  }

  return {
    begin: async (upload: NewUpload): Promise<void> => {
      await store.createUpload(upload)
      const queue = openByteQueue(queueLimit)
      const abort = new AbortController()
      const entry: Running = { queue, stop: abort, hasEnded: false, ending: run(upload, queue, abort.signal) }
      // Not even the failure could be stored. Whoever asks for the ending gets the error too, but may never ask.
      entry.ending.catch((error) => log.error('A failed upload could not be removed.', { upload: upload.id, error }))
      running.set(upload.id, entry)
    },
    /** Resolves when there is room for more. @throws where the upload has ended already. */
    push: async (id: string, chunk: Uint8Array): Promise<void> => {
      const upload = running.get(id)
      if (upload === undefined) throw new Error(`Upload ${id} is not being read.`)
      await upload.queue.push(chunk)
    },
    /** The last byte has been sent: resolves when it is read. Null where the upload is not known here. */
    end: (id: string): Promise<Ending> | null => collect(id, ({ queue }) => queue.end()),
    /** The sender broke off: nothing is kept, the upload stays listed as failed. What had ended before stays as it ended. */
    breakOff: (id: string, reason: string): Promise<Ending> | null =>
      collect(id, (upload) => {
        if (!upload.hasEnded) stop(upload, new Error(reason))
      }),
    /** Undo: cancels an upload being read, takes back one that is done. False where there is none. */
    undo: async (id: string): Promise<boolean> => {
      const upload = running.get(id)
      if (upload === undefined || upload.hasEnded) return store.undoUpload(id)
      const ending = await stop(upload, new Cancelled('The upload was cancelled.'))
      return ending.state === 'cancelled' || store.undoUpload(id)
    },
    /** Ends what was left unfinished before this desk was opened; its own uploads are not touched, however late it is called. */
    recover: async () => store.recover(await first),
  }
}

export type Desk = ReturnType<typeof openDesk>
