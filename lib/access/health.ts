import { type StoreHealth, storeHealth } from '#lib/store/health.ts'
import { getWrites } from '#lib/store/open.ts'

/** Whether the store of this process can be written, and what is wrong with it. @throws if it cannot be opened */
export const health = async (): Promise<StoreHealth> => storeHealth(await getWrites())
