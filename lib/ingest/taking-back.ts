import { setTimeout as wait } from 'node:timers/promises'
import { log } from '#lib/log/log.ts'
import { isNoSpace, noSpaceMessage } from '#lib/store/errors.ts'
import type { Writes } from '#lib/store/store.ts'
import { hasCode } from '#lib/thread/error.ts'
import { Cancelled, codeOf, type Ending, Parked } from './endings.ts'
import { UnknownFormat } from './work.ts'

/** How long the sender of an upload without space waits until it is taken back, in milliseconds. */
const longestTakingBack = 10_000

/**
 * Takes back what an upload stored before it failed or was cancelled, and returns how it ended. `kept` returns the ids of uploads
 * whose bytes are all in the data folder.
 */
export async function takeBack(
  store: Writes,
  kept: () => Promise<string[]>,
  id: string,
  error: Error,
): Promise<Ending> {
  const { message } = error
  if (error instanceof Cancelled) {
    await store.undoUpload(id, error.by)
    return { state: 'cancelled', message }
  }
  if (isNoSpace(error)) return takeBackWithoutSpace(store, id)
  // What it has stored is removed at the next start, when it is read again.
  if (error instanceof Parked) return { state: 'failed', message, ...codeOf(error) }
  // What is read again at once is not listed as failed meanwhile.
  const again = hasCode(error, 'OVERLAP_GONE') && (await kept()).includes(id)
  await (again ? store.undoUpload(id) : store.failUpload(id, message))
  return { state: error instanceof UnknownFormat ? 'unknown-format' : 'failed', message, ...codeOf(error) }
}

/** Takes back what there was no space for. That may have to wait for space; the sender does not. */
async function takeBackWithoutSpace(store: Writes, id: string): Promise<Ending> {
  const removed = store.failUpload(id, noSpaceMessage)
  removed.catch((error) => log.error('An upload without space could not be taken back.', { upload: id, error }))
  await Promise.race([removed, wait(longestTakingBack, undefined, { ref: false })])
  return { state: 'failed', message: noSpaceMessage, code: 'NO_SPACE' }
}
