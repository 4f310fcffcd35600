import type { By } from '#lib/model/access.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { NoSpace, noSpaceMessage } from '../errors.ts'
import { nameOwnRule } from '../lookups.ts'
import { undoKeepHours } from '../settings.ts'
import type { BatchCounts } from '../store.ts'
import { openAccess } from './access/access.ts'
import { openAudit } from './audit.ts'
import { openDecisions } from './decisions.ts'
import { openFreePages } from './free-pages.ts'
import type { Job } from './jobs.ts'
import { openDrop } from './kept/drop.ts'
import { openDropping } from './kept/dropping.ts'
import { openKeeping } from './kept/keep.ts'
import { openRestore } from './kept/restore.ts'
import { openRestoring } from './kept/restoring.ts'
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
  const audit = openAudit(db)
  const dropping = openDropping(db, audit)
  const keeping = openKeeping(db, storage.isTight, dropping)
  const ofRemoval = {
    ...slice,
    get milliseconds() {
      return storage.isShort() ? slice.milliseconds / slicesWithoutSpace : slice.milliseconds
    },
  }
  const removal = openRemoval(db, ofRemoval, keeping)
  const recompute = openRecompute(db, batches, slice, findWrong)
  const decisions = openDecisions(db, audit)
  const access = openAccess(db)
  const ruleName = db.prepare<[string], string>('SELECT ASR_Rule FROM asr_rule WHERE ID = ?').pluck()
  let seenVersion = -1
  /** What the transaction did: stored events, ended an upload. */
  let did = { store: false, end: false }

  const ended = () => {
    did.end = true
  }
  const restoring = openRestoring(db, audit)
  const { found, finishUpload, remove, recover } = openEndings(
    db,
    { uploads, batches, overlaps, isRestoring: restoring.isRestoring },
    ended,
  )

  const freePages = openFreePages(db, storage.isTight)
  const drop = openDrop(db, storage.isTight, dropping, freePages)
  /** Returns free pages to the disk if they are ready for it. Call it outside of a transaction; readers are waited for so long. */
  const shorten = (wait = 0): void => freePages.shorten(() => storage.checkpoint('TRUNCATE', wait))
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
    openRestore(db, { uploads, batches, overlaps, ended }, slice),
    drop.job,
    recompute,
    freePages.job,
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
    confirm: (): void => {
      storage.confirm(did.end, removal.isPending)
      shorten()
    },
    shorten,
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
        const { id, by, name, bytes, tz, dest = null, parent } = upload
        if (by !== undefined && parent === undefined) audit(by, 'upload', id, null, { name, bytes, tz, dest })
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
      /** As `remove` of an upload that somebody undoes. What it stored is kept, so that this can be reversed, if it is complete. */
      undo: (id: string, by: By): boolean => {
        const before = uploads.summary(id)
        if (before === undefined || before.state === 'removing') return remove(id, null)
        const isComplete = before.state === 'done' && before.parent === null
        const isKept = isComplete && undoKeepHours() > 0 && !storage.isTight() && keeping.isFit(id)
        if (isKept) keeping.begin(id, by)
        const { parent: _, ...summary } = before
        audit(by, 'undo', id, summary, { isKept: restoring.stop(id) || isKept })
        return remove(id, null)
      },
      restoreUpload: restoring.start,
      makeRoom: drop.makeRoom,
      isMakingRoom: drop.isMakingRoom,
      isBeingRemoved: (id: string): boolean => uploads.find(id)?.state === 'removing',
      isAnyBeingRemoved: removal.isPending,
      /** Whether the upload is a log of an archive. */
      isPart: (id: string): boolean => uploads.find(id)?.parent != null,
      /** How long a batch of the upload may wait for its commit: of a file nobody waits for a batch. */
      waitOf: (id: string): Wait => (uploads.find(id)?.kind === 'feed' ? 'soon' : 'bulk'),
      recover,
      /** Names a rule in the lookup of the data folder, from which the table is filled at each start. */
      nameRule: (ID: string, name: string, by: By): void => {
        if (dataFolder === null) throw new Error('Without a data folder there is no lookup for names.')
        storage.expectSpace()
        const before = ruleName.get(ID)
        nameOwnRule(dataFolder, ID, name)
        loadRules(db, dataFolder)
        audit(by, 'rule-named', ID, before === undefined ? null : { name: before }, { name })
      },
      /** Runs a call that changes decisions or host groups. */
      changeDecisions: <Name extends keyof Decisions>(name: Name, ...args: Parameters<Decisions[Name]>) => {
        storage.expectSpace()
        return (decisions[name] as (...given: unknown[]) => unknown)(...args) as ReturnType<Decisions[Name]>
      },
      /** Runs a call that changes accounts, sessions or tokens. What is revoked is revoked on a full disk too, if it can be. */
      changeAccess: access.change,
      identities: access.identities,
    },
  }
}
