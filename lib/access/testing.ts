import type { Worker } from 'node:worker_threads'
import { forgetShared, shared } from '#lib/process/shared.ts'
import { closeStore } from '#lib/store/open.ts'

/** For tests: ends the threads of this process's store and forgets it, so that the next one can be opened. */
export async function endProcess(): Promise<void> {
  const uploads = shared('uploads', (): { desk?: { worker: Worker }; stops?: boolean } => ({}))
  // What is tried again and again must not open the next store.
  uploads.stops = true
  await uploads.desk?.worker.terminate()
  // A damaged database may not close in peace.
  await closeStore().catch(() => {})
  forgetShared()
}
