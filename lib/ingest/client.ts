import type { Worker } from 'node:worker_threads'
import { log as logger } from '#lib/log/log.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { getWrites } from '#lib/store/open.ts'
import type { SqliteWrites } from '#lib/store/sqlite/writes.ts'
import { retryUntilDone } from '#lib/thread/retry.ts'
import { callThread, type Thread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import type { Desk, Ending } from './desk.ts'

/** Chunks on their way to the desk at once. */
const underWay = 8

/** The thread, and the writer that it was given a port to. */
type Started = { writes: SqliteWrites; worker: Worker; thread: Thread<Desk> }

const kept = globalThis as { asrHuntDesk?: Started; asrHuntRecovers?: boolean }

/** The ingest thread of this process, started at first use and again if it died or the writing thread did. */
async function desk(): Promise<Thread<Desk>> {
  const writes = await getWrites()
  const before = kept.asrHuntDesk
  if (before !== undefined && before.writes === writes && !before.thread.isDead()) return before.thread
  if (before !== undefined)
    logger.error('The ingest thread has died, or could not write any more, and is started again.')
  void before?.worker.terminate()
  const port = writes.connect()
  const worker = spawnThread('lib/ingest/desk-thread.ts', 'ingest', { writes: port }, [port])
  kept.asrHuntDesk = { writes, worker, thread: callThread<Desk>(worker, 'ingest') }
  recover()
  return kept.asrHuntDesk.thread
}

/** Ends what a dead process left unread. If the thread dies meanwhile, the next attempt is made in a new one. */
function recover(): void {
  if (kept.asrHuntRecovers) return
  kept.asrHuntRecovers = true
  void retryUntilDone('The recovery of interrupted uploads', async () => (await desk()).call('recover')).finally(() => {
    kept.asrHuntRecovers = false
  })
}

/** Starts the ingest thread, which ends what a dead process left unread. */
export async function openDeskThread(): Promise<void> {
  await desk()
}

/** Hands a log to the desk and waits until it is read. A sender that breaks off leaves a failed upload and no events. */
export async function upload(log: NewUpload, bytes: AsyncIterable<Uint8Array>): Promise<Ending> {
  const thread = await desk()
  await thread.call('begin', log)
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
    // Either the desk gave up (then it knows why) or the sender did.
    const expected = log.bytes === null ? '' : ` of ${log.bytes}`
    const reason = `The upload broke off after ${received}${expected} bytes: ${(error as Error).message}. Nothing of it was kept. Upload it again.`
    return (
      (await thread.call('breakOff', log.id, reason)) ?? {
        state: 'failed',
        message: (error as Error).message,
      }
    )
  }
  return (await thread.call('end', log.id)) ?? { state: 'failed', message: 'The upload was not being read.' }
}

/** Undo, or cancel while it is read. False if there is no such upload. */
export const undoUpload = async (id: string): Promise<boolean> => (await desk()).call('undo', id)
