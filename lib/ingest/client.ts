import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import type { NewUpload } from '#lib/store/store.ts'
import { callThread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import type { Ending } from './desk.ts'

/** Chunks on their way to the desk at once. */
const underWay = 8

type DeskThread = ReturnType<typeof callThread>

const kept = globalThis as { asrHuntDesk?: DeskThread }

/** The ingest thread of this process, started at first use and again should it have died. */
function desk(): DeskThread {
  if (kept.asrHuntDesk === undefined || kept.asrHuntDesk.isDead()) {
    const workerData = { file: databaseFile(), dataFolder: dataFolder() }
    kept.asrHuntDesk = callThread(spawnThread('lib/ingest/desk-thread.ts', workerData), 'ingest')
    kept.asrHuntDesk.call('recover').catch(() => {})
  }
  return kept.asrHuntDesk
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
      push.catch(() => {})
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
      (await thread.call<Ending | null>('breakOff', log.id, reason)) ?? {
        state: 'failed',
        message: (error as Error).message,
      }
    )
  }
  return (
    (await thread.call<Ending | null>('end', log.id)) ?? { state: 'failed', message: 'The upload was not being read.' }
  )
}

/** Undo, or cancel while it is read. False where there is no such upload. */
export const undoUpload = (id: string): Promise<boolean> => desk().call('undo', id)
