import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { type Fields, log } from '#lib/log/log.ts'
import { requestId } from '#lib/log/request.ts'
import { forgetShared, shared } from '#lib/process/shared.ts'
import { closeStore } from '#lib/store/open.ts'
import { theLocalActor } from './actor.ts'
import { asRequest } from './context.ts'

/** For tests: runs `work` as a request of the local actor. */
export const asLocal = <Result>(work: () => Result): Result => asRequest(theLocalActor, work)

/** For tests: what is logged for information from now on, each line with the id of its request. */
export function linesLogged(t: TestContext) {
  const lines: Record<string, unknown>[] = []
  t.mock.method(log, 'info', (message: string, fields: Fields) => {
    lines.push({ message, request: requestId(), ...fields })
  })
  return {
    /** The first line about an upload, when it is there. @throws after a minute */
    of: async (upload: string): Promise<Record<string, unknown>> => {
      for (const end = Date.now() + 60_000; ; await wait(10)) {
        const found = lines.find((line) => line.upload === upload)
        if (found !== undefined) return found
        if (Date.now() > end) throw new Error(`Nothing was logged of ${upload}.`)
      }
    },
  }
}

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
