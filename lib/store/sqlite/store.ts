import type { Worker } from 'node:worker_threads'
import { callThread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import type { Batch, Continuity, LoggedSections, NewUpload, Store, Value, WritableStore } from '../store.ts'

/** Threads that read: two, so that one slow question does not hold up the others. */
const readers = 2

type Thread = { worker: Worker; calls: ReturnType<typeof callThread> }

function spawn(file: string, name: string, workerData: unknown): Thread {
  const worker = spawnThread(file, workerData)
  return { worker, calls: callThread(worker, name) }
}

/** Ends a thread when it has answered: one that is stopped while it loads the database library takes the process with it. */
async function end({ worker, calls }: Thread): Promise<void> {
  if (!calls.isDead()) await calls.call('close').catch(() => {})
  await worker.terminate()
}

/** A store that reads the SQLite file in threads of its own, so that no query stops the server. */
export function openSqliteStore(file: string): Store {
  const start = () => spawn('lib/store/sqlite/read-thread.ts', 'reading', file)
  const threads = Array.from({ length: readers }, start)

  /** The least busy thread; one that died is replaced. */
  function thread(): Thread {
    for (const [index, each] of threads.entries()) if (each.calls.isDead()) threads[index] = start()
    return threads.reduce((least, each) => (each.calls.waiting() < least.calls.waiting() ? each : least))
  }

  return {
    all: <Row>(sql: string, values: Value[] = []) => thread().calls.call<Row[]>('all', sql, values),
    async *stream<Row>(sql: string, values: Value[] = []) {
      const { calls } = thread()
      const stream = await calls.call<number>('openStream', sql, values)
      try {
        for (;;) {
          const rows = await calls.call<Row[] | null>('nextRows', stream)
          if (rows === null) return
          yield rows
        }
      } finally {
        await calls.call('closeStream', stream)
      }
    },
    logged: (id) => thread().calls.call<LoggedSections | null>('logged', id),
    close: async () => void (await Promise.all(threads.map(end))),
  }
}

/** The writing side in a thread of its own: the only connection of this process that writes. */
export function openSqliteWriter(file: string, dataFolder: string | null): WritableStore {
  const { worker, calls } = spawn('lib/store/sqlite/write-thread.ts', 'writing', { file, dataFolder })
  return {
    createUpload: (upload: NewUpload) => calls.call('createUpload', upload),
    startUpload: (id: string, format: string) => calls.call('startUpload', id, format),
    write: (id: string, batch: Batch) => calls.call('write', id, batch),
    finishUpload: (id: string, continuity: Continuity | null) => calls.call('finishUpload', id, continuity),
    failUpload: (id: string, error: string) => calls.call('failUpload', id, error),
    undoUpload: (id: string) => calls.call<boolean>('undoUpload', id),
    recover: () => calls.call('recover'),
    close: async () => {
      await calls.call('close')
      await worker.terminate()
    },
  }
}
