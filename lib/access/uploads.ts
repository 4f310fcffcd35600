import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { codeOf, type Ending, Stopping } from '#lib/ingest/endings.ts'
import { forgetIncoming } from '#lib/ingest/incoming.ts'
import type { IngestQueue, Waits } from '#lib/ingest/ingest-queue.ts'
import { interruptible } from '#lib/ingest/interruptible.ts'
import { log as logger } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { shared } from '#lib/process/shared.ts'
import { getWrites } from '#lib/store/open.ts'
import type { SqliteWrites } from '#lib/store/sqlite/writes.ts'
import { retryUntilDone } from '#lib/thread/retry.ts'
import { callThread, type Thread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'

/** Milliseconds that a page waits for what the ingest thread knows. */
const patience = 100
/** Chunks on their way to the queue at once. */
const underWay = 8

/** The thread, and the writer that it was given a port to. */
type Started = { writes: SqliteWrites; worker: Worker; thread: Thread<IngestQueue> }

type State = {
  queue?: Started
  recovers?: Promise<void> | undefined
  stops?: boolean
  waits: { known: Record<string, Waits>; asked: Promise<void> | null }
}
const state = (): State => shared('uploads', () => ({ waits: { known: {}, asked: null } }))

/** The ingest thread of this process, started at first use and again if it died or the writing thread did. */
async function ingestQueue(): Promise<Thread<IngestQueue>> {
  if (state().stops) throw new Stopping()
  const writes = await getWrites()
  const before = state().queue
  if (before !== undefined && before.writes === writes && !before.thread.isDead()) return before.thread
  if (before !== undefined)
    logger.error('The ingest thread has died, or could not write any more, and is started again.')
  void before?.worker.terminate()
  const port = writes.connect()
  const worker = spawnThread('lib/ingest/ingest-thread.ts', 'ingest', { writes: port }, [port])
  const thread = callThread<IngestQueue>(worker, 'ingest')
  state().queue = { writes, worker, thread }
  void recovered()
  return thread
}

/**
 * Ends the uploads that a dead process left unfinished, and resolves when that is done. If the thread dies meanwhile, the next attempt is
 * made in a new one.
 */
function recovered(): Promise<void> {
  const kept = state()
  const work = async (): Promise<void> => {
    if (!kept.stops) await (await ingestQueue()).call('recover')
  }
  kept.recovers ??= retryUntilDone('The recovery of interrupted uploads', work).finally(() => {
    kept.recovers = undefined
  })
  return kept.recovers
}

/** Starts the ingest thread, which ends the uploads that a dead process left unfinished. */
export async function openIngestThread(): Promise<void> {
  await ingestQueue()
}

/** Resolves when the uploads that a dead process left unfinished are ended, or marked to be removed. */
export async function queueRecovered(): Promise<void> {
  await ingestQueue()
  await state().recovers
}

/**
 * Hands a log to the queue and waits until it is read. A sender that breaks off, or whose connection `signal` says is
 * closed, leaves a failed upload and no events. @throws Busy or Stopping if the queue takes in no upload.
 */
export async function upload(log: NewUpload, bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Ending> {
  const thread = await ingestQueue()
  await thread.call('begin', log)
  const source = interruptible(bytes)
  // An upload that has ended, or is undone, needs no more bytes: its sender is answered at once.
  thread
    .call('over', log.id)
    .finally(() => source.interrupt(null))
    .catch(() => {})
  const leave = () => {
    const reason = 'The upload broke off: its sender left before it was read. Nothing of it was kept. Upload it again.'
    thread.call('breakOff', log.id, reason).catch(() => {})
  }
  signal?.addEventListener('abort', leave, { once: true })
  try {
    return (await send(thread, log, source)) ?? { state: 'failed', message: 'The upload was not being read.' }
  } finally {
    signal?.removeEventListener('abort', leave)
  }
}

/** Sends the bytes of a log to the queue, and returns how the upload ended; null if the queue does not know it. */
async function send(
  thread: Thread<IngestQueue>,
  log: NewUpload,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Ending | null> {
  const sent = new Set<Promise<unknown>>()
  let received = 0
  try {
    for await (const chunk of bytes) {
      received += chunk.length
      const push = thread.call('push', log.id, chunk).finally(() => sent.delete(push))
      // A chunk is refused only when the upload has ended; then `breakOff` or `end` says how.
      push.catch((error) => logger.debug('A chunk of an upload that has ended was refused.', { upload: log.id, error }))
      sent.add(push)
      if (sent.size >= underWay) await Promise.race(sent)
    }
    await Promise.all(sent)
    if (log.bytes !== null && received < log.bytes) throw new Error('the connection was closed')
  } catch (error) {
    // Either the queue gave up (then it knows why) or the sender did.
    const { message } = error as Error
    const expected = log.bytes === null ? '' : ` of ${log.bytes}`
    const reason = `The upload broke off after ${received}${expected} bytes: ${message}. Nothing of it was kept. Upload it again.`
    return thread.call('breakOff', log.id, reason, codeOf(error as Error).code)
  }
  return thread.call('end', log.id)
}

/** Removes an upload, or cancels it while it is read. False if there is no such upload. Without `by` nobody undoes it. */
export const removeUpload = async (id: string, by?: By): Promise<boolean> => (await ingestQueue()).call('undo', id, by)

/** Undo: as `removeUpload`, and what was sent of it in pieces goes too. */
export async function undoUpload(id: string, by: By): Promise<boolean> {
  // First: what is undone must not be read again after a crash.
  await forgetIncoming(id)
  return removeUpload(id, by)
}

/**
 * What each upload that is not read at the moment waits for, by its id. A busy ingest thread is not waited for: then this is
 * what was known before.
 */
export async function uploadWaits(): Promise<Record<string, Waits>> {
  const { waits } = state()
  const thread = state().queue?.thread
  if (thread === undefined || thread.isDead()) return {}
  waits.asked ??= thread
    .call('waits')
    .catch(() => ({}))
    .then((known) => {
      Object.assign(waits, { known, asked: null })
    })
  await Promise.race([waits.asked, wait(patience, undefined, { ref: false })])
  return waits.known
}

/**
 * Takes in no more uploads, and waits until those that are open have ended, at most so many milliseconds. The others are
 * parked if their bytes are kept, else failed.
 */
export async function closeQueue(grace: number): Promise<void> {
  state().stops = true
  const thread = state().queue?.thread
  if (thread !== undefined && !thread.isDead()) await thread.call('close', grace)
}
