import { setTimeout as wait } from 'node:timers/promises'
import { log } from '#lib/log/log.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { isNoSpace, noSpaceMessage } from '#lib/store/errors.ts'
import type { Writes } from '#lib/store/store.ts'
import { hasCode } from '#lib/thread/error.ts'
import { openByteQueue } from './byte-queue.ts'
import { Busy, Cancelled, codeOf, Parked, Stopping } from './endings.ts'
import { ingestLog, UnknownFormat } from './ingest.ts'
import { openRoom } from './pipeline.ts'
import { openTurns, type Turn } from './turns.ts'

/** Bytes of one upload that may lie unread. */
const queueLimit = 1024 * 1024

/** How an upload ended: read to the end, or not, and why. `code` is that of the error, such as `STALLED`. */
export type Ending =
  | { state: 'done' }
  | { state: 'failed' | 'cancelled' | 'unknown-format'; message: string; code?: string }

/** How long the sender of an upload without space waits until it is taken back, in milliseconds. */
const longestTakingBack = 10_000

/** What an upload that is not read at the moment waits for: bytes, a removal, or the uploads of these names. */
export type Waits = 'bytes' | 'removal' | string[]

type Running = {
  name: string
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

/** Resolves when the signal is aborted. */
const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

const notRead = (id: string): Error => new Error(`Upload ${id} is not being read.`)

/**
 * Takes uploads in, reads them in turn and leaves nothing behind of those that fail. It runs in the ingest thread.
 * `most` uploads are open at once, of which `atOnce` are read at the same time; the others wait, for a turn or for bytes.
 * `patience`: see `openTurns`. `kept` returns the ids of uploads whose bytes are all in the data folder: they are read again after a restart.
 */
export function openDesk(
  store: Writes,
  { atOnce = 2, most = 64, patience = undefined as number | undefined, kept = async (): Promise<string[]> => [] } = {},
) {
  const first = store.nextUpload()
  // Whoever calls `recover` gets the error.
  first.catch(() => {})
  const room = openRoom()
  const turns = openTurns(atOnce, patience)
  const running = new Map<string, Running>()
  let open = 0
  let isClosing = false

  /** Resolves when no upload is being removed. */
  async function removed(upload: Omit<Running, 'ending'>): Promise<void> {
    upload.waits = 'removal'
    await store.removed()
    upload.waits = null
    upload.stop.signal.throwIfAborted()
  }

  async function readInTurn(upload: NewUpload, running: Omit<Running, 'ending'>) {
    const { queue, turn, stop } = running
    const bytes = async (ready: Promise<void>): Promise<void> => {
      running.waits = 'bytes'
      await ready
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

  function openEntry(upload: NewUpload): Running {
    const entry: Omit<Running, 'ending'> = {
      name: upload.name,
      queue: openByteQueue(queueLimit),
      stop: new AbortController(),
      turn: turns.open(upload.id),
      waits: null,
      over: Promise.withResolvers(),
      early: Promise.withResolvers(),
      hasEnded: false,
    }
    return Object.assign(entry, { ending: Promise.race([entry.early.promise, run(upload, entry)]) })
  }

  async function run(upload: NewUpload, running: Omit<Running, 'ending'>): Promise<Ending> {
    try {
      const read = await readInTurn(upload, running).finally(running.turn.end)
      // The next upload is read meanwhile, so that the store can commit both together, or end one after the other.
      await Promise.race([read.committed, stopped(running.stop.signal)])
      running.stop.signal.throwIfAborted()
      return { state: 'done' }
    } catch (error) {
      running.queue.fail(error as Error)
      return await clear(upload.id, error as Error)
    } finally {
      running.hasEnded = true
      running.over.resolve()
      open -= 1
    }
  }

  async function clear(id: string, error: Error): Promise<Ending> {
    const { message } = error
    if (error instanceof Cancelled) {
      await store.undoUpload(id)
      return { state: 'cancelled', message }
    }
    if (isNoSpace(error)) return clearWithoutSpace(id)
    // What it has stored is removed at the next start, when it is read again.
    if (error instanceof Parked) return { state: 'failed', message, ...codeOf(error) }
    // What is read again at once is not listed as failed meanwhile.
    const again = hasCode(error, 'OVERLAP_GONE') && (await kept()).includes(id)
    await (again ? store.undoUpload(id) : store.failUpload(id, message))
    return { state: error instanceof UnknownFormat ? 'unknown-format' : 'failed', message, ...codeOf(error) }
  }

  /** Takes back what there was no space for. That may have to wait for space; the sender does not. */
  async function clearWithoutSpace(id: string): Promise<Ending> {
    const removed = store.failUpload(id, noSpaceMessage)
    removed.catch((error) => log.error('An upload without space could not be taken back.', { upload: id, error }))
    await Promise.race([removed, wait(longestTakingBack, undefined, { ref: false })])
    return { state: 'failed', message: noSpaceMessage, code: 'NO_SPACE' }
  }

  function stop(upload: Running, error: Error): Promise<Ending> {
    upload.stop.abort(error)
    upload.queue.fail(error)
    upload.over.resolve()
    return upload.ending
  }

  /** The ending of an upload, once: who asks gets it, and the upload is forgotten here. */
  function collect(id: string, hurry: (upload: Running) => void): Promise<Ending> | null {
    const upload = running.get(id)
    if (upload === undefined) return null
    hurry(upload)
    return upload.ending.finally(() => running.delete(id))
  }

  function waitsOf({ turn, waits }: Running): Waits | null {
    if (!turn.isInLine()) return waits
    return turns.holders().map((id) => running.get(id)?.name ?? id)
  }

  return {
    /** Takes in an upload, whose bytes then come by `push`. @throws Busy or Stopping if it is not taken in. */
    begin: async (upload: NewUpload): Promise<void> => {
      if (isClosing) throw new Stopping()
      if (open >= most) throw new Busy(most)
      open += 1
      try {
        await store.createUpload(upload)
      } catch (error) {
        open -= 1
        throw error
      }
      const entry = openEntry(upload)
      // Not even the failure could be stored. Whoever asks for the ending gets the error too, but may never ask.
      entry.ending.catch((error) => log.error('A failed upload could not be removed.', { upload: upload.id, error }))
      running.set(upload.id, entry)
    },
    /** Resolves when there is room for more. @throws if the upload has ended already. */
    push: async (id: string, chunk: Uint8Array): Promise<void> => {
      const upload = running.get(id)
      if (upload === undefined) throw notRead(id)
      await upload.queue.push(chunk)
    },
    /** Resolves when the upload has ended or is stopped, so that its sender need not send the rest. */
    over: async (id: string): Promise<void> => running.get(id)?.over.promise,
    /** The last byte has been sent: resolves when it is read. Null if the upload is not known here. */
    end: (id: string): Promise<Ending> | null => collect(id, ({ queue }) => queue.end()),
    /** The sender broke off: nothing is kept, the upload stays listed as failed. What had ended before stays as it ended. */
    breakOff: (id: string, reason: string, code?: string): Promise<Ending> | null =>
      collect(id, (upload) => {
        if (!upload.hasEnded) stop(upload, Object.assign(new Error(reason), code === undefined ? {} : { code }))
      }),
    /** Undo: cancels an upload being read, takes back one that is done. False if there is none. */
    undo: async (id: string): Promise<boolean> => {
      const upload = running.get(id)
      if (upload === undefined || upload.hasEnded) return store.undoUpload(id)
      const ending = await stop(upload, new Cancelled())
      return ending.state === 'cancelled' || store.undoUpload(id)
    },
    /** What each upload that is not read at the moment waits for, by its id. */
    waits: async (): Promise<Record<string, Waits>> => {
      const waiting = [...running].map(([id, upload]) => [id, waitsOf(upload)] as const)
      const known = Object.fromEntries(waiting.filter((each): each is [string, Waits] => each[1] !== null))
      return { ...(await store.finishWaits()), ...known }
    },
    /** Ends what was left unfinished before this desk was opened; its own uploads are not touched, however late it is called. */
    recover: async () => store.recover(await first, await kept()),
    /**
     * Takes in no more uploads and waits until those that are open have ended, at most so many milliseconds. Then those
     * whose bytes are kept are parked, to be read again at the next start, and the others fail.
     */
    close: async (grace: number): Promise<void> => {
      isClosing = true
      const left = () => [...running].filter(([, { hasEnded }]) => !hasEnded)
      const endings = Promise.allSettled(left().map(([, { ending }]) => ending))
      let timer: NodeJS.Timeout | undefined
      await Promise.race([
        endings,
        new Promise((resolve) => {
          timer = setTimeout(resolve, grace)
        }),
      ])
      clearTimeout(timer)
      const again = await kept()
      for (const [id, upload] of left()) {
        const error = again.includes(id) ? new Parked() : new Stopping()
        // The answer does not wait until what was stored is removed: the next start goes on with that.
        upload.early.resolve({ state: 'failed', message: error.message, ...codeOf(error) })
        void stop(upload, error)
      }
    },
  }
}

export type Desk = ReturnType<typeof openDesk>
