import { log as logger } from '#lib/log/log.ts'
import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import type { NewUpload } from '#lib/store/store.ts'
import { retryUntilDone } from '#lib/thread/retry.ts'
import { callThread, type Thread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import type { Desk, Ending } from './desk.ts'

/** Chunks on their way to the desk at once. */
const underWay = 8

const kept = globalThis as { asrHuntDesk?: Thread<Desk>; asrHuntRecovers?: boolean }

/** The ingest thread of this process, started at first use and again if it died. */
function desk(): Thread<Desk> {
  if (kept.asrHuntDesk === undefined || kept.asrHuntDesk.isDead()) {
    if (kept.asrHuntDesk !== undefined) logger.error('The ingest thread has died and is started again.')
    const workerData = { file: databaseFile(), dataFolder: dataFolder() }
    kept.asrHuntDesk = callThread<Desk>(spawnThread('lib/ingest/desk-thread.ts', 'ingest', workerData), 'ingest')
    recover()
  }
  return kept.asrHuntDesk
}

/** Fails what a dead process left unread. If the thread dies meanwhile, the next attempt is made in a new one. */
function recover(): void {
  if (kept.asrHuntRecovers) return
  kept.asrHuntRecovers = true
  void retryUntilDone('The recovery of interrupted uploads', () => desk().call('recover')).finally(() => {
    kept.asrHuntRecovers = false
  })
}

/** Starts the ingest thread, which fails what a dead process left unread. */
export function openDeskThread(): void {
  desk()
}

/** Hands a log to the desk and waits until it is read. A sender that breaks off leaves a failed upload and no events. */
export async function upload(log: NewUpload, bytes: AsyncIterable<Uint8Array>): Promise<Ending> {
  const thread = desk()
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
    const reason = `The upload broke off after ${received}${expected} bytes: ${(error as Error).message}. Nothing of it was kept.`
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
export const undoUpload = (id: string): Promise<boolean> => desk().call('undo', id)
