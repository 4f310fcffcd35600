import type { Continuity } from '#lib/model/continuity.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { isStillRunning, ownProcess } from '#lib/process/running.ts'
import { NoSpace, noSpaceMessage } from '../errors.ts'
import type { BatchCounts } from '../store.ts'
import { openContinuityWriter } from './continuity.ts'
import type { Connection } from './database.ts'
import type { Job } from './jobs.ts'
import { OverlapGone, openOverlaps } from './overlaps.ts'
import type { PackedBatch } from './pack.ts'
import { openRecompute } from './recompute.ts'
import { openRemoval } from './removal.ts'
import { openSequence } from './sequence.ts'
import { defaultSlice } from './slice.ts'
import { openStorage } from './storage.ts'
import { openUploads } from './uploads.ts'
import { openBatchWriter } from './write-batch.ts'
import type { Wait } from './write-queue.ts'

/** A call names an upload that does not exist, has failed, or is being removed. */
export class UploadGone extends Error {
  override name = 'UploadGone'
  code = 'UPLOAD_GONE'
  constructor(id: string) {
    super(`There is no upload ${id}, or it has failed or is being removed.`)
  }
}

const interrupted = 'The program ended while this upload was read. Nothing of it was kept. Upload it again.'
const undone = 'This log was undone. The other logs of its archive are kept.'

/** When free pages are returned to the disk: more than `least` that are more than one in `share`; so many in a slice. */
const freePages = { least: 25_000, share: 3, atOnce: 2000 }

/** Without space, a slice of a removal is cut into so many: each is small in the log, which is used again after it. */
const slicesWithoutSpace = 5

/** Opens everything that writes on one connection. It starts no transaction itself: see `openWriter` and the write queue. */
export function openCalls(file: string, dataFolder: string | null, slice = defaultSlice) {
  const storage = openStorage(file, dataFolder)
  const { db } = storage
  const sequence = openSequence(db)
  const uploads = openUploads(db, sequence)
  const batches = openBatchWriter(db, sequence)
  const overlaps = openOverlaps(db)
  const addContinuity = openContinuityWriter(db)
  const removal = openRemoval(db, {
    ...slice,
    get milliseconds() {
      return storage.isShort() ? slice.milliseconds / slicesWithoutSpace : slice.milliseconds
    },
  })
  const recompute = openRecompute(db, batches, slice)
  const pages = (name: string) => db.pragma(name, { simple: true }) as number
  let seenVersion = -1
  /** What the transaction did: stored events, ended an upload. */
  let did = { store: false, end: false }

  const found = (id: string) => {
    const upload = uploads.find(id)
    if (upload === undefined || upload.state === 'removing' || upload.state === 'failed') throw new UploadGone(id)
    return upload
  }

  function finishUpload(id: string, continuity: Continuity | null): void {
    const { seq, parent } = found(id)
    did.end ||= parent === null
    if (continuity !== null) addContinuity(seq, continuity)
    batches.endUpload(seq)
    if (parent === null) overlaps.forget(seq)
    uploads.finish(id)
  }

  function remove(id: string, error: string | null): boolean {
    const upload = uploads.find(id)
    if (upload === undefined) return false
    const { parent, state } = upload
    // It goes, or stays, as whoever came first wanted: with its archive, for one.
    if (parent !== null && state === 'removing') return true
    // A log of an archive that is undone stays listed, so that the receipt of the archive says what became of it.
    if (upload.kind === 'feed' && error !== null) {
      uploads.endFeed(upload.seq, error)
      batches.endUpload(upload.seq)
    } else uploads.startRemoval(upload.seq, error ?? (parent !== null && state !== 'failed' ? undone : null))
    return true
  }

  const jobs: Job[] = [
    {
      isPending: removal.isPending,
      slice: () => {
        for (const seq of removal.slice()) {
          did.end = true
          batches.endUpload(seq)
          overlaps.forget(seq)
        }
        batches.forget()
      },
    },
    recompute,
    {
      // Free pages are used again; only when they are a large part of the file are they returned to the disk.
      isPending: () => {
        const free = pages('freelist_count')
        return free > freePages.least && free * freePages.share > pages('page_count')
      },
      slice: () => void db.pragma(`incremental_vacuum(${freePages.atOnce})`),
    },
  ]
  return {
    db,
    jobs,
    /** Call at the start of each transaction: what another process wrote is not in the caches. */
    begin: (): void => {
      const version = db.pragma('data_version', { simple: true }) as number
      if (version !== seenVersion) batches.forget()
      seenVersion = version
      did = { store: false, end: false }
    },
    /** Call at the end of each transaction, before it is committed. @throws NoSpace */
    settle: (): void => {
      batches.flush()
      if (did.store) storage.expectGrowth()
    },
    /** Call after each transaction is committed, before anybody hears of it. @throws FileGone */
    confirm: (): void => storage.confirm(did.end, removal.isPending),
    storage,
    /** Whether a call failed so that its whole transaction must be rolled back, and not the call alone. */
    isHalfWritten: batches.isHalfWritten,
    /** Call after a transaction was rolled back. */
    forget: batches.forget,
    /** The kinds of write, each of which must run inside a transaction. */
    calls: {
      createUpload: (upload: NewUpload): void => {
        storage.expectSpace()
        uploads.create(upload)
      },
      nextUpload: (): number => uploads.next(),
      startUpload: (id: string, format: string): void => uploads.start(id, format),
      write: (id: string, batch: PackedBatch, counts: BatchCounts): void => {
        const upload = found(id)
        if (storage.isShort()) throw new NoSpace(noSpaceMessage)
        did.store = true
        const owners = overlaps.ownersOf(upload.parent ?? upload.seq)
        uploads.advance(upload, counts, batch.length, batches.write(upload.seq, batch, owners))
      },
      finishUpload,
      /**
       * Ends an upload, together with those that it waits for if all of them are `ready` to end. Returns the ids of those that
       * ended, or the names of those it has to wait for. @throws UploadGone, OverlapGone
       */
      finishReady: (id: string, ready: ReadonlyMap<string, { continuity: Continuity | null }>) => {
        const together = new Set([id])
        // It has ended already, together with another one, in this transaction.
        if (found(id).state === 'done') return { ended: [], waits: [] }
        for (const each of together) {
          const { open, gone, goneName } = overlaps.of(found(each).seq)
          if (gone && each === id) throw new OverlapGone(goneName)
          const late = open.filter((owner) => !ready.has(owner.id))
          // What is gone for another one ends that one, and then this one.
          if (gone || late.length > 0) return { ended: [], waits: (each === id ? open : late).map(({ name }) => name) }
          for (const owner of open) together.add(owner.id)
        }
        for (const each of together) finishUpload(each, ready.get(each)?.continuity ?? null)
        return { ended: [...together], waits: [] }
      },
      /**
       * Marks an upload to be removed; the job does it. With an error it ends as failed; a feed then keeps what it stored.
       * False if there is no such upload.
       */
      remove,
      isBeingRemoved: (id: string): boolean => uploads.find(id)?.state === 'removing',
      isAnyBeingRemoved: removal.isPending,
      /** Whether the upload is a log of an archive. */
      isPart: (id: string): boolean => uploads.find(id)?.parent != null,
      /** How long a batch of the upload may wait for its commit: of a file nobody waits for a batch. */
      waitOf: (id: string): Wait => (uploads.find(id)?.kind === 'feed' ? 'soon' : 'bulk'),
      /** See `Writes.recover`. */
      recover: (before: number, kept: string[]): void => {
        for (const { id, seq, kind, process } of uploads.unfinished(before)) {
          if (process !== ownProcess() && isStillRunning(process)) continue
          if (kind === 'feed') {
            uploads.finish(id)
            batches.endUpload(seq)
          }
          if (kind === 'file') remove(id, kept.includes(id) ? null : interrupted)
        }
      },
    },
  }
}

/** The writing side, synchronous: each call is one transaction, and a removal is complete when its call returns. */
export type Writer = ReturnType<typeof openWriter>

/** Opens and migrates the database file. `dataFolder` contains an administrator's own lookups. */
export function openWriter(file: string, dataFolder: string | null, slice = defaultSlice) {
  const { db, calls, jobs, begin, settle, confirm, storage, forget } = openCalls(file, dataFolder, slice)

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
  const remove = (id: string, error: string | null): boolean => {
    const isThere = transact(() => calls.remove(id, error))
    runJobs()
    return isThere
  }
  return {
    createUpload: (upload: NewUpload) => transact(() => calls.createUpload(upload)),
    nextUpload: calls.nextUpload,
    startUpload: (id: string, format: string) => transact(() => calls.startUpload(id, format)),
    write: (id: string, batch: PackedBatch, counts: BatchCounts) => transact(() => calls.write(id, batch, counts)),
    finishUpload: (id: string, continuity: Continuity | null = null) =>
      transact(() => calls.finishUpload(id, continuity)),
    failUpload: (id: string, error: string) => void remove(id, error),
    undoUpload: (id: string) => remove(id, null),
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
