import type { MessagePort, Worker } from 'node:worker_threads'
import type { By } from '#lib/model/access.ts'
import { callThread, type Thread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import type { AccessCall, AccessWrites, Changed, Identities } from '../access-writes.ts'
import type { DecisionWrites, EventBatch, Restored, Writes } from '../store.ts'
import { fileProblem } from './files.ts'
import { openPacker, type Packer } from './pack.ts'
import { longestLog } from './storage.ts'
import type { WriterApi } from './write-thread.ts'

/** The write interface over a connection to the thread that writes. Batches are packed in the calling thread. */
function writesOver(thread: Thread<WriterApi>, close: () => Promise<void>): Writes {
  return {
    openBatch: openPacker,
    createUpload: (upload) => thread.call('createUpload', upload),
    nextUpload: () => thread.call('nextUpload'),
    startUpload: (id, format) => thread.call('startUpload', id, format),
    write: (id, batch: EventBatch, counts) => {
      const packed = (batch as Packer).close()
      return thread.callWith([packed.rows.buffer, packed.stackRows.buffer], 'write', id, packed, counts)
    },
    finishUpload: (id, continuity) => thread.call('finishUpload', id, continuity),
    failUpload: async (id, error) => void (await thread.call('failUpload', id, error)),
    undoUpload: (id, by) => thread.call('undoUpload', id, by),
    removed: () => thread.call('removed'),
    recover: (before, kept) => thread.call('recover', before, kept),
    close,
  }
}

/** The write interface for another thread, over a port that `SqliteWrites.connect` opened. Closing it closes the port only. */
export function connectWrites(port: MessagePort): Writes {
  return writesOver(callThread<WriterApi>(port, 'write'), async () => port.close())
}

export type SqliteWrites = Writes &
  DecisionWrites & {
    /** Opens a port over which another thread can write. */
    connect(): MessagePort
    isDead(): boolean
    /** Writes to the disk. @throws why nothing can be stored. */
    probe(): Promise<void>
    /** Returns which file of the database was deleted or replaced since it was opened; null if none was. */
    fileProblem(): string | null
    /** Names a rule by its GUID, in upper case without braces. @throws NoSpace, or why the lookup cannot be written */
    nameRule(ID: string, name: string, by: By): Promise<void>
    /** Begins to restore an upload that was undone; see `Restored`. */
    restoreUpload(id: string, by: By): Promise<Restored>
    /**
     * Removes what is kept of undone uploads, the oldest first, until so many bytes of it, or all, have gone; resolves when they are free
     * on the disk.
     */
    makeRoom(bytes: number, by: By): Promise<void>
    /** Runs a call that changes accounts, sessions or tokens, and returns who may use the server since. See `AccessWrites`. */
    changeAccess<Name extends AccessCall>(
      name: Name,
      ...args: Parameters<AccessWrites[Name]>
    ): Promise<Changed<ReturnType<AccessWrites[Name]>>>
    /** Who may use the server. */
    identities(): Promise<Identities>
    /** What may have been lost before the database was opened; null if nothing is known of it. */
    warning: string | null
  }

/**
 * Starts the one thread that writes; it opens and migrates the database file first. `dataFolder` contains an
 * administrator's own lookups, `log` is how many bytes of the write-ahead log are too many. @throws what stops the migration.
 */
export async function openSqliteWrites(
  file: string,
  dataFolder: string | null,
  log = longestLog,
): Promise<SqliteWrites> {
  const worker: Worker = spawnThread('lib/store/sqlite/write-thread.ts', 'write', { file, dataFolder, log })
  const thread = callThread<WriterApi>(worker, 'write')
  const { files, warning } = await thread.call('ready')
  const close = async (): Promise<void> => {
    if (!thread.isDead()) await thread.call('close')
    await worker.terminate()
  }
  return {
    ...writesOver(thread, close),
    connect: thread.connect,
    isDead: thread.isDead,
    probe: () => thread.call('probe'),
    restoreUpload: (id, by) => thread.call('restoreUpload', id, by),
    makeRoom: (bytes, by) => thread.call('makeRoom', bytes, by),
    nameRule: (ID, name, by) => thread.call('nameRule', ID, name, by),
    changeAccess: ((name, ...args) => thread.call('changeAccess', name, args)) as SqliteWrites['changeAccess'],
    identities: () => thread.call('identities'),
    decide: (made, by) => thread.call('decide', made, by),
    redecide: (made, by, match) => thread.call('redecide', made, by, match),
    forgetDecision: (id, by, match) => thread.call('forgetDecision', id, by, match),
    undoDecision: (id, step, by, match) => thread.call('undoDecision', id, step, by, match),
    importDecisions: (made, by, isApplied) => thread.call('importDecisions', made, by, isApplied),
    setGroups: (groups, by, match) => thread.call('setGroups', groups, by, match),
    fileProblem: () => fileProblem(files),
    warning,
  }
}
