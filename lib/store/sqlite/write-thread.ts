import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { log } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { serve } from '#lib/thread/rpc.ts'
import { standBack } from '#lib/thread/stand-back.ts'
import type { AccessCall, AccessWrites } from '../access-writes.ts'
import { isNoSpace } from '../errors.ts'
import type { BatchCounts } from '../store.ts'
import { openCalls } from './calls.ts'
import type { openDecisions } from './decisions.ts'
import { checkLog, forgetLog, recordLog } from './log-record.ts'
import type { PackedBatch } from './pack.ts'
import { openTotalsProcess } from './totals-process.ts'
import { openWriteQueue } from './write-queue.ts'

type Decisions = ReturnType<typeof openDecisions>

const { file, dataFolder, log: longest } = workerData as { file: string; dataFolder: string | null; log: number }
/** How often what is still in the log only is written back into the file, in milliseconds. */
const checkpointEvery = 10_000
/** How long readers are waited for then, so that pages that were returned leave the file, in milliseconds. */
const readerWait = 500
/** How often it is looked whether what is kept has expired, in milliseconds. */
const expiryEvery = 60_000
/** How long to wait before taking back is tried again if there was no space for it, in milliseconds. */
const noSpacePause = 1000

standBack()
const warning = checkLog(file)
if (warning !== null) {
  log.warn(warning)
  forgetLog(file)
}
const totals = openTotalsProcess(file)
// When the totals are checked, the job that waits for that goes on.
const findWrong = () => totals.findWrong().finally(() => setImmediate(() => queue.start()))
const opened = openCalls(file, dataFolder, { log: longest, findWrong })
recordLog(file)
const { calls, db, storage } = opened
const queue = openWriteQueue(opened, (error, pause) => {
  storage.explain(error)
  log.error(`Long work of the store failed. It is tried again in ${pause / 1000} s.`, { error })
})

// A log that a reader held back, or that belongs to no upload that was finished.
setInterval(() => {
  if (!db.open || db.inTransaction) return
  storage.checkpoint()
  opened.shorten(readerWait)
  queue.start()
}, checkpointEvery).unref()

// What was kept of undone uploads expires also if nobody writes.
setInterval(queue.start, expiryEvery).unref()

/** Repeats what fails for want of space until it succeeds: meanwhile the reserve was released, or somebody frees some. */
async function untilSpace<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isNoSpace(error)) throw error
    }
    await pause(noSpacePause, undefined, { ref: false })
  }
}

/** Marks an upload to be removed by `mark` and waits until it is; false if there is no such upload. */
async function remove(id: string, mark: () => boolean): Promise<boolean> {
  queue.retry()
  const isThere = await untilSpace(() => queue.call(mark, { wait: 'urgent' }))
  while (calls.isBeingRemoved(id)) await untilSpace(() => queue.afterSlice())
  return isThere
}

/** Changes decisions or host groups in one transaction. */
const changeDecisions = <Name extends keyof Decisions>(name: Name, ...args: Parameters<Decisions[Name]>) =>
  queue.call(() => calls.changeDecisions(name, ...args), { wait: 'urgent' })

/** What other threads can ask of the one thread that writes. */
const api = {
  /** Resolves when the database is open and up to date. `warning` says what may have been lost before. */
  ready: () => ({ files: storage.files, warning }),
  /** Writes to the disk. @throws why nothing can be stored. */
  probe: () => queue.call(storage.probe),
  createUpload: (upload: NewUpload) =>
    queue.call(() => calls.createUpload(upload), { wait: upload.parent === undefined ? 'soon' : 'bulk' }),
  nextUpload: () => queue.call(calls.nextUpload),
  startUpload: (id: string, format: string) => queue.call(() => calls.startUpload(id, format), { wait: 'bulk' }),
  write: (id: string, batch: PackedBatch, counts: BatchCounts) =>
    queue.call(() => calls.write(id, batch, counts), { events: batch.length, wait: () => calls.waitOf(id) }),
  finishUpload: (id: string, continuity: Continuity | null) =>
    queue.call(() => calls.finishUpload(id, continuity), { wait: () => (calls.isPart(id) ? 'bulk' : 'soon') }),
  failUpload: (id: string, error: string) => remove(id, () => calls.remove(id, error)),
  /** Without `by` nobody asked for it. */
  undoUpload: (id: string, by?: By) =>
    remove(id, () => (by === undefined ? calls.remove(id, null) : calls.undo(id, by))),
  /** Resolves when no upload is being removed. @throws why the removal failed. */
  removed: async () => {
    while (calls.isAnyBeingRemoved()) await queue.afterSlice()
  },
  recover: (before: number, kept: string[]) => queue.call(() => calls.recover(before, kept)),
  restoreUpload: (id: string, by: By) => queue.call(() => calls.restoreUpload(id, by), { wait: 'urgent' }),
  /** Resolves when so many bytes of what is kept of undone uploads, or all of it, have gone and are free on the disk. */
  makeRoom: async (bytes: number, by: By) => {
    await queue.call(() => calls.makeRoom(bytes, by), { wait: 'urgent' })
    while (calls.isMakingRoom()) await queue.afterSlice()
    if (!db.inTransaction) opened.shorten()
  },
  nameRule: (...args: Parameters<typeof calls.nameRule>) =>
    queue.call(() => calls.nameRule(...args), { wait: 'urgent' }),
  decide: (...args: Parameters<Decisions['decide']>) => changeDecisions('decide', ...args),
  redecide: (...args: Parameters<Decisions['redecide']>) => changeDecisions('redecide', ...args),
  forgetDecision: (...args: Parameters<Decisions['forgetDecision']>) => changeDecisions('forgetDecision', ...args),
  undoDecision: (...args: Parameters<Decisions['undoDecision']>) => changeDecisions('undoDecision', ...args),
  importDecisions: (...args: Parameters<Decisions['importDecisions']>) => changeDecisions('importDecisions', ...args),
  setGroups: (...args: Parameters<Decisions['setGroups']>) => changeDecisions('setGroups', ...args),
  changeAccess: (name: AccessCall, args: Parameters<AccessWrites[AccessCall]>) =>
    queue.call(() => calls.changeAccess(name, args), { wait: 'urgent' }),
  identities: () => queue.call(calls.identities, { wait: 'urgent' }),
  /** Commits what is waiting, leaves pending jobs to the next start, and closes the file. */
  close: async () => {
    await queue.stop()
    await totals.stop()
    if (storage.checkpoint('TRUNCATE')) forgetLog(file)
    db.close()
  },
}
export type WriterApi = typeof api

queue.start()
if (parentPort !== null) serve(parentPort, api)
