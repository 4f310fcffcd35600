import { context } from '#lib/access/context.ts'
import { keptBytes, makeRoom } from '#lib/access/storage.ts'
import { incomingFolder, incomingLogs } from '#lib/ingest/incoming.ts'
import { shared } from '#lib/process/shared.ts'
import { asServer } from '#lib/store/asking.ts'
import { freeSpace } from '#lib/store/space.ts'
import { uploadLimits } from './upload-limits.ts'

/** Bytes that must stay free on the disk, for the database. */
const reserve = 256 * 1024 ** 2
/** How many bytes of a piece may come until it is looked again whether there is room for them. */
const lookEvery = 8 * 1024 ** 2

/** Bytes of the disk that logs may have. */
export const freeForLogs = (): number => freeSpace(incomingFolder()) - reserve

/** They look one after the other, so that each counts what the one before let go. */
const looks = shared('room-for-logs', () => ({ last: Promise.resolve() as Promise<unknown> }))

/**
 * Returns what is called with the size of each part of a piece that has arrived, before it is stored: if it would go beyond the quota
 * otherwise, what is kept of undone uploads goes. If the disk is short, the store lets it go by itself. Call it inside the request that
 * sends the piece, which the audit log names.
 */
export async function openRoom(): Promise<(arrived: number) => Promise<void>> {
  const { by } = await context()
  let unseen = lookEvery

  async function look(arrived: number): Promise<void> {
    const kept = await keptBytes()
    if (kept === 0) return
    const stored = (await incomingLogs()).reduce((sum, { offset }) => sum + offset, 0)
    const over = stored + arrived + kept - uploadLimits().totalBytes
    if (over > 0 && over <= kept) await makeRoom(over, by)
  }

  return async (arrived) => {
    unseen += arrived
    if (unseen < lookEvery) return
    unseen = 0
    // Its sender may leave: what came of the piece stays.
    const looked = looks.last.then(() => asServer('pages', () => look(arrived)))
    looks.last = looked.catch(() => {})
    await looked
  }
}
