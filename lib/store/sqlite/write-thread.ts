import { parentPort, workerData } from 'node:worker_threads'
import { log } from '#lib/log/log.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { serve } from '#lib/thread/rpc.ts'
import { standBack } from '#lib/thread/stand-back.ts'
import type { BatchCounts } from '../store.ts'
import type { PackedBatch } from './pack.ts'
import { openWriteQueue } from './write-queue.ts'
import { openCalls } from './writer.ts'

const { file, dataFolder } = workerData as { file: string; dataFolder: string | null }
standBack()
const opened = openCalls(file, dataFolder)
const { calls, db } = opened
const queue = openWriteQueue(opened, (error, pause) =>
  log.error(`Long work of the store failed. It is tried again in ${pause / 1000} s.`, { error }),
)

/** Marks an upload to be removed and waits until it is; false if there is no such upload. */
async function remove(id: string, error: string | null): Promise<boolean> {
  queue.retry()
  const isThere = await queue.call(() => calls.remove(id, error), { wait: 'urgent' })
  while (calls.isBeingRemoved(id)) await queue.afterSlice()
  return isThere
}

/** What other threads can ask of the one thread that writes. */
const api = {
  /** Resolves when the database is open and up to date. */
  ready: () => {},
  createUpload: (upload: NewUpload) =>
    queue.call(() => calls.createUpload(upload), { wait: upload.parent === undefined ? 'soon' : 'bulk' }),
  nextUpload: () => queue.call(calls.nextUpload),
  startUpload: (id: string, format: string) => queue.call(() => calls.startUpload(id, format), { wait: 'bulk' }),
  write: (id: string, batch: PackedBatch, counts: BatchCounts) =>
    queue.call(() => calls.write(id, batch, counts), { events: batch.length, wait: calls.waitOf(id) }),
  finishUpload: (id: string, continuity: Continuity | null) =>
    queue.call(() => calls.finishUpload(id, continuity), { wait: calls.isPart(id) ? 'bulk' : 'soon' }),
  remove,
  /** Resolves when no upload is being removed. @throws why the removal failed. */
  removed: async () => {
    while (calls.isAnyBeingRemoved()) await queue.afterSlice()
  },
  recover: (before: number, kept: string[]) => queue.call(() => calls.recover(before, kept)),
  /** Commits what is waiting, leaves pending jobs to the next start, and closes the file. */
  close: async () => {
    await queue.stop()
    db.close()
  },
}
export type WriterApi = typeof api

queue.start()
if (parentPort !== null) serve(parentPort, api)
