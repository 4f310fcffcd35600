import { databaseFile, dataFolder } from './settings.ts'
import { prepareDatabase } from './sqlite/migrate.ts'
import { openSqliteStore } from './sqlite/store.ts'
import type { Store } from './store.ts'

// One store a process; development reloads keep it.
const kept = globalThis as { asrHuntStore?: Store }

/** The store of this process. The database is made and migrated at first use. */
export async function getStore(): Promise<Store> {
  if (kept.asrHuntStore === undefined) {
    prepareDatabase(databaseFile(), dataFolder())
    kept.asrHuntStore = openSqliteStore(databaseFile())
  }
  return kept.asrHuntStore
}
