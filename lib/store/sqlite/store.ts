import type { Worker } from 'node:worker_threads'
import { log } from '#lib/log/log.ts'
import { callThread, type Handlers, type Thread as ThreadCalls } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import type { Store, Value } from '../store.ts'
import type { ReaderApi } from './read-thread.ts'

/** Threads that read: two, so that one slow question does not hold up the others. */
const readers = 2

type Closable<Api> = Handlers<Api> & { close: () => void }
type Thread<Api extends Closable<Api>> = { worker: Worker; name: string; calls: ThreadCalls<Api> }

function spawn<Api extends Closable<Api>>(file: string, name: string, workerData: unknown): Thread<Api> {
  const worker = spawnThread(file, name, workerData)
  return { worker, name, calls: callThread<Api>(worker, name) }
}

/** Ends a thread when it has answered: one that is stopped while it loads the database library takes the process with it. */
async function end({ worker, name, calls }: Thread<ReaderApi>): Promise<void> {
  if (!calls.isDead()) {
    // The connection goes with the thread all the same.
    await calls.call('close').catch((error) => log.warn('A reading thread could not close its file.', { name, error }))
  }
  await worker.terminate()
}

/** A store that reads the SQLite file in threads of its own, so that no query stops the server. */
export function openSqliteStore(file: string): Store {
  const start = (index: number) => spawn<ReaderApi>('lib/store/sqlite/read-thread.ts', `read-${index + 1}`, file)
  const threads = Array.from({ length: readers }, (_, index) => start(index))

  /** The least busy thread; one that died is replaced. */
  function thread(): Thread<ReaderApi> {
    for (const [index, each] of threads.entries()) if (each.calls.isDead()) threads[index] = start(index)
    return threads.reduce((least, each) => (each.calls.waiting() < least.calls.waiting() ? each : least))
  }

  return {
    all: async <Row>(sql: string, values: Value[] = []) => (await thread().calls.call('all', sql, values)) as Row[],
    async *stream<Row>(sql: string, values: Value[] = []) {
      const { calls } = thread()
      const stream = await calls.call('openStream', sql, values)
      try {
        for (;;) {
          const rows = await calls.call('nextRows', stream)
          if (rows === null) return
          yield rows as Row[]
        }
      } finally {
        await calls.call('closeStream', stream)
      }
    },
    logged: (id) => thread().calls.call('logged', id),
    close: async () => void (await Promise.all(threads.map(end))),
  }
}
