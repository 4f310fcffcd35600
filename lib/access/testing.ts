import type { Worker } from 'node:worker_threads'
import { forgetShared, shared } from '#lib/process/shared.ts'
import { closeStore } from '#lib/store/open.ts'

/** For tests: ends the threads of this process's store and forgets it, so that the next one can be opened. */
export async function endProcess(): Promise<void> {
  await shared('uploads', (): { desk?: { worker: Worker } } => ({})).desk?.worker.terminate()
  // A damaged database may not close in peace.
  await closeStore().catch(() => {})
  forgetShared()
}
