import type { NewUpload } from '#lib/model/upload.ts'
import { NoSpace, noSpaceMessage } from '../errors.ts'
import { nameOwnRule } from '../lookups.ts'
import type { BatchCounts } from '../store.ts'
import { openDecisions } from './decisions.ts'
import { freePagesJob } from './free-pages.ts'
import type { Job } from './jobs.ts'
import { loadRules } from './migrate.ts'
import { openOverlaps } from './overlaps.ts'
import type { PackedBatch } from './pack.ts'
import { openRecompute } from './recompute.ts'
import { openRemoval } from './removal.ts'
import { openSequence } from './sequence.ts'
import { defaultSlice, type Slice } from './slice.ts'
import { longestLog, openStorage } from './storage.ts'
import { openEndings } from './upload-endings.ts'
import { openUploads } from './uploads.ts'
import { openBatchWriter } from './write-batch.ts'
import type { Wait } from './write-group.ts'

type Decisions = ReturnType<typeof openDecisions>

/** Without space, a slice of a removal is cut into so many: each is small in the log, which is used again after it. */
const slicesWithoutSpace = 5

/** How it writes. `log`: bytes of the write-ahead log after which readers are waited for. `findWrong`: see `openRecompute`. */
type Ways = { slice?: Slice; log?: number; findWrong?: () => Promise<string[]> }

/** Opens everything that writes on one connection. It starts no transaction itself: see `openWriter` and the write queue. */
export function openCalls(
  file: string,
  dataFolder: string | null,
  { slice = defaultSlice, log = longestLog, findWrong }: Ways = {},
) {
  const storage = openStorage(file, dataFolder, log)
  const { db } = storage
  const sequence = openSequence(db)
  const uploads = openUploads(db, sequence)
  const batches = openBatchWriter(db, sequence)
  const overlaps = openOverlaps(db)
  const removal = openRemoval(db, {
    ...slice,
    get milliseconds() {
      return storage.isShort() ? slice.milliseconds / slicesWithoutSpace : slice.milliseconds
    },
  })
  const recompute = openRecompute(db, batches, slice, findWrong)
  const decisions = openDecisions(db)
  let seenVersion = -1
  /** What the transaction did: stored events, ended an upload. */
  let did = { store: false, end: false }

  const { found, finishUpload, remove, recover } = openEndings(db, uploads, batches, overlaps, () => {
    did.end = true
  })

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
    freePagesJob(db),
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
    /** Whether a call failed so that its complete transaction must be rolled back, and not the call alone. */
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
        const root = upload.parent ?? upload.seq
        const written = batches.write(upload.seq, batch, (event) => overlaps.note(root, upload.seq, event))
        uploads.advance(upload, counts, batch.length, written)
        // Each batch of a feed is final.
        if (upload.kind === 'feed') overlaps.takeOver(root)
      },
      finishUpload,
      remove,
      isBeingRemoved: (id: string): boolean => uploads.find(id)?.state === 'removing',
      isAnyBeingRemoved: removal.isPending,
      /** Whether the upload is a log of an archive. */
      isPart: (id: string): boolean => uploads.find(id)?.parent != null,
      /** How long a batch of the upload may wait for its commit: of a file nobody waits for a batch. */
      waitOf: (id: string): Wait => (uploads.find(id)?.kind === 'feed' ? 'soon' : 'bulk'),
      recover,
      /** Names a rule in the lookup of the data folder, from which the table is filled at each start. */
      nameRule: (ID: string, name: string): void => {
        if (dataFolder === null) throw new Error('Without a data folder there is no lookup for names.')
        storage.expectSpace()
        nameOwnRule(dataFolder, ID, name)
        loadRules(db, dataFolder)
      },
      /** Runs a call that changes decisions or host groups. */
      changeDecisions: <Name extends keyof Decisions>(name: Name, ...args: Parameters<Decisions[Name]>) => {
        storage.expectSpace()
        return (decisions[name] as (...given: unknown[]) => unknown)(...args) as ReturnType<Decisions[Name]>
      },
    },
  }
}
