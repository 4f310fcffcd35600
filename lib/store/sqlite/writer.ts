import type { By } from '#lib/model/access.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import type { AccessCall, AccessWrites } from '../access-writes.ts'
import type { BatchCounts } from '../store.ts'
import { openCalls } from './calls.ts'
import type { Connection } from './database.ts'
import type { PackedBatch } from './pack.ts'
import { defaultSlice } from './slice.ts'

/** The writing side, synchronous: each call is one transaction, and a removal is complete when its call returns. */
export type Writer = ReturnType<typeof openWriter>

/** Opens and migrates the database file. `dataFolder` contains an administrator's own lookups. */
export function openWriter(file: string, dataFolder: string | null, slice = defaultSlice) {
  const { db, calls, jobs, begin, settle, confirm, storage, forget } = openCalls(file, dataFolder, { slice })

  function transact<Result>(work: () => Result): Result {
    try {
      const result = db
        .transaction(() => {
          begin()
          const result = work()
          settle()
          return result
        })
        .immediate()
      confirm()
      return result
    } catch (error) {
      forget()
      throw storage.explain(error)
    }
  }
  const runJobs = (): void => {
    for (const job of jobs) while (job.isPending()) transact(job.slice)
  }
  const remove = (mark: () => boolean): boolean => {
    const isThere = transact(mark)
    runJobs()
    return isThere
  }
  return {
    createUpload: (upload: NewUpload) => transact(() => calls.createUpload(upload)),
    changeDecisions: ((name, ...args) =>
      transact(() => calls.changeDecisions(name, ...args))) as typeof calls.changeDecisions,
    changeAccess: <Name extends AccessCall>(name: Name, ...args: Parameters<AccessWrites[Name]>) =>
      transact(() => calls.changeAccess(name, args)),
    nameRule: (ID: string, name: string, by: By) => transact(() => calls.nameRule(ID, name, by)),
    identities: calls.identities,
    nextUpload: calls.nextUpload,
    startUpload: (id: string, format: string) => transact(() => calls.startUpload(id, format)),
    write: (id: string, batch: PackedBatch, counts: BatchCounts) => transact(() => calls.write(id, batch, counts)),
    finishUpload: (id: string, continuity: Continuity | null = null) =>
      transact(() => calls.finishUpload(id, continuity)),
    failUpload: (id: string, error: string) => void remove(() => calls.remove(id, error)),
    undoUpload: (id: string, by?: By) => remove(() => (by === undefined ? calls.remove(id, null) : calls.undo(id, by))),
    /** Lets `runSlice` restore an upload that was undone. */
    startRestore: (id: string, by: By) => transact(() => calls.restoreUpload(id, by)),
    /** Restores an upload that was undone, completely. */
    restoreUpload: (id: string, by: By) => {
      const restored = transact(() => calls.restoreUpload(id, by))
      runJobs()
      return restored
    },
    /** Removes so many bytes of what is kept of undone uploads, the oldest first. */
    makeRoom: (bytes: number, by: By): void => {
      transact(() => calls.makeRoom(bytes, by))
      runJobs()
    },
    /** Marks what was left unfinished, for `runSlice` or `runJobs`. */
    startRecovery: () => transact(() => calls.recover(Number.MAX_SAFE_INTEGER, [])),
    recover: (before = Number.MAX_SAFE_INTEGER, kept: string[] = []) => {
      transact(() => calls.recover(before, kept))
      runJobs()
    },
    /** Works off every job that is pending. */
    runJobs,
    /** Runs one slice of the first pending job; false if none is pending. */
    runSlice: (): boolean => {
      const job = jobs.find((each) => each.isPending())
      if (job !== undefined) transact(job.slice)
      return job !== undefined
    },
    /** Marks an upload as being removed, for `runSlice` or `runJobs`; false if there is no such upload. */
    startRemoval: (id: string, error: string | null = null) => transact(() => calls.remove(id, error)),
    /** For tests: the connection itself. */
    db: db as Connection,
    close: () => void db.close(),
  }
}
