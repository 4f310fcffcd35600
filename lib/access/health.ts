import type { Space, StoreHealth } from '#lib/model/state.ts'
import { storeHealth } from '#lib/store/health.ts'
import { getWrites } from '#lib/store/open.ts'
import { dataFolder, undoKeepHours } from '#lib/store/settings.ts'
import { spaceOf, tightSpace } from '#lib/store/space.ts'

/** Whether the store of this process can be written, and what is wrong with it. @throws if it cannot be opened */
export const health = async (): Promise<StoreHealth> => storeHealth(await getWrites())

/** The space of the disk of the data folder. */
export const diskSpace = (): Space => spaceOf(dataFolder())

/** How an undo that is made now can be reversed: for so many hours, or not, since space is short. */
export function undoReversal(): { hours: number; isShort: boolean } {
  const { free } = diskSpace()
  return { hours: undoKeepHours(), isShort: free !== null && free < tightSpace }
}
