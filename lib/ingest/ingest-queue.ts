import { log } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import type { Writes } from '#lib/store/store.ts'
import { Busy, Cancelled, codeOf, type Ending, Parked, Stopping } from './endings.ts'
import { slowestOf, TooSlow } from './pace.ts'
import { openReading, type Running } from './reading.ts'
import { openTurns } from './turns.ts'

/** What an upload that is not read at the moment waits for: bytes, a removal, or the uploads of these names. */
export type Waits = 'bytes' | 'removal' | string[]

const notRead = (id: string): Error => new Error(`Upload ${id} is not being read.`)

/** What ends an upload whose sender broke off: `reason` is the sentence of its receipt. */
const brokenOff = (reason: string, code?: string): Error =>
  Object.assign(new Error(reason), code === undefined ? {} : { code })

/**
 * Takes uploads in, reads them in turn and leaves nothing behind of those that fail. It runs in the ingest thread.
 * `most` uploads are open at once, of which `atOnce` are read at the same time; the others wait, for a turn or for bytes. If all
 * places are taken, a further upload takes that of the slowest sender, if one is too slow.
 * `patience`: see `openTurns`. `kept` returns the ids of uploads whose bytes are all in the data folder: they are read again after a restart.
 */
export function openIngestQueue(
  store: Writes,
  { atOnce = 2, most = 64, patience = undefined as number | undefined, kept = async (): Promise<string[]> => [] } = {},
) {
  const first = store.nextUpload()
  // Whoever calls `recover` gets the error.
  first.catch(() => {})
  const turns = openTurns(atOnce, patience)
  const running = new Map<string, Running>()
  const open = new Set<NewUpload>()
  let isClosing = false
  const { start, stop } = openReading(store, turns, kept, (upload) => open.delete(upload))

  /** The ending of an upload, once: who asks gets it, and the upload is forgotten here. */
  function collect(id: string, hurry: (upload: Running) => void): Promise<Ending> | null {
    const upload = running.get(id)
    if (upload === undefined) return null
    hurry(upload)
    return upload.ending.finally(() => running.delete(id))
  }

  function waitsOf({ turn, waits }: Running): Waits | null {
    if (!turn.isInLine()) return waits
    return turns.holders().map((id) => running.get(id)?.upload.name ?? id)
  }

  /** Ends the upload of the slowest sender, if one is too slow. Its place is free at once, also while it is taken back. */
  function endSlowest(): void {
    const slowest = slowestOf([...running.values()].filter(({ upload }) => open.has(upload)))
    if (slowest === undefined) return
    open.delete(slowest.upload)
    const { message, code } = new TooSlow()
    void stop(slowest, brokenOff(`The upload broke off: ${message}. Nothing of it was kept. Upload it again.`, code))
  }

  return {
    /** Takes in an upload, whose bytes then come by `push`. @throws Busy or Stopping if it is not taken in. */
    begin: async (upload: NewUpload): Promise<void> => {
      if (isClosing) throw new Stopping()
      if (open.size >= most) endSlowest()
      if (open.size >= most) throw new Busy(most)
      open.add(upload)
      try {
        await store.createUpload(upload)
      } catch (error) {
        open.delete(upload)
        throw error
      }
      const entry = start(upload)
      // Not even the failure could be stored. Whoever asks for the ending gets the error too, but may never ask.
      entry.ending.catch((error) => log.error('A failed upload could not be removed.', { upload: upload.id, error }))
      running.set(upload.id, entry)
    },
    /** Resolves when there is room for more. @throws if the upload has ended already. */
    push: async (id: string, chunk: Uint8Array): Promise<void> => {
      const upload = running.get(id)
      if (upload === undefined) throw notRead(id)
      upload.pace.add(chunk.length)
      await upload.queue.push(chunk)
    },
    /** Resolves when the upload has ended or is stopped, so that its sender need not send the rest. */
    over: async (id: string): Promise<void> => running.get(id)?.over.promise,
    /** The last byte has been sent: resolves when it is read. Null if the upload is not known here. */
    end: (id: string): Promise<Ending> | null => collect(id, ({ queue }) => queue.end()),
    /** The sender broke off: nothing is kept, the upload stays listed as failed. What had ended before stays as it ended. */
    breakOff: (id: string, reason: string, code?: string): Promise<Ending> | null =>
      collect(id, (upload) => {
        if (!upload.hasEnded) stop(upload, brokenOff(reason, code))
      }),
    /** Undo: cancels an upload being read, takes back one that is done. False if there is none. `by`: who asks for it, if anybody does. */
    undo: async (id: string, by?: By): Promise<boolean> => {
      const upload = running.get(id)
      if (upload === undefined || upload.hasEnded) return store.undoUpload(id, by)
      const ending = await stop(upload, new Cancelled(by))
      return ending.state === 'cancelled' || store.undoUpload(id, by)
    },
    /** What each upload that is not read at the moment waits for, by its id. */
    waits: (): Record<string, Waits> => {
      const waiting = [...running].map(([id, upload]) => [id, waitsOf(upload)] as const)
      const known = Object.fromEntries(waiting.filter((each): each is [string, Waits] => each[1] !== null))
      return known
    },
    /** Ends what was left unfinished before this queue was opened; its own uploads are not touched, however late it is called. */
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

export type IngestQueue = ReturnType<typeof openIngestQueue>
