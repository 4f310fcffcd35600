import type { Batch, Continuity, NewUpload } from '../store.ts'
import { openContinuityWriter } from './continuity.ts'
import { type Connection, openForWriting } from './database.ts'
import { migrate } from './migrate.ts'
import { isStillRunning, ownProcess } from './process.ts'
import { openUndo } from './undo.ts'
import { openUploads } from './uploads.ts'
import { openBatchWriter } from './write-batch.ts'

/** The writing side on one connection, synchronous: it runs in a thread of its own. */
export type Writer = ReturnType<typeof openWriter>

/** Opens and migrates the database file. `dataFolder` is where an admin's own lookups lie. */
export function openWriter(file: string, dataFolder: string | null) {
  const db = openForWriting(file)
  migrate(db, dataFolder)
  const uploads = openUploads(db)
  const batches = openBatchWriter(db)
  const addContinuity = openContinuityWriter(db)
  const undo = openUndo(db)
  const addReject = db.prepare(
    `INSERT INTO reject (upload, record, line, offset, reason, detail, snippet)
     VALUES (:upload, :record, :line, :offset, :reason, :detail, :snippet)`,
  )
  let seenVersion = -1

  /** One transaction. What other processes wrote, or what a failed transaction left in the caches, is forgotten first. */
  function transact<Result>(work: () => Result): Result {
    try {
      return db
        .transaction(() => {
          const version = db.pragma('data_version', { simple: true }) as number
          if (version !== seenVersion) batches.forget()
          seenVersion = version
          return work()
        })
        .immediate()
    } catch (error) {
      batches.forget()
      throw error
    }
  }

  const found = (id: string) => {
    const upload = uploads.find(id)
    if (upload === undefined) throw new Error(`There is no upload ${id}.`)
    return upload
  }

  function takeBack(id: string, after: (seq: number) => void): boolean {
    return transact(() => {
      const upload = uploads.find(id)
      if (upload === undefined) return false
      for (const { seq } of uploads.parts(upload.seq)) {
        undo(seq)
        batches.endUpload(seq)
        uploads.remove(seq)
      }
      undo(upload.seq)
      batches.endUpload(upload.seq)
      batches.forget()
      after(upload.seq)
      return true
    })
  }

  return {
    createUpload: (upload: NewUpload) => transact(() => void uploads.create(upload)),
    startUpload: (id: string, format: string) => transact(() => void uploads.start(id, format)),
    write: (id: string, batch: Batch) =>
      transact(() => {
        const upload = found(id)
        const written = batches.write(upload.seq, batch)
        for (const reject of batch.rejects) addReject.run({ ...reject, upload: upload.seq })
        const { bytesRead, records, otherCodes, unread } = batch
        const counts = {
          duplicates: batch.events.length - written.stored,
          rejects: batch.rejects.length,
        }
        uploads.advance(
          upload.seq,
          { ...written, ...counts, bytesRead, records, otherCodes, unread },
          upload.other_codes,
        )
      }),
    finishUpload: (id: string, continuity: Continuity | null = null) =>
      transact(() => {
        if (continuity !== null) addContinuity(found(id).seq, continuity)
        batches.endUpload(found(id).seq)
        uploads.finish(id)
      }),
    failUpload: (id: string, error: string) => void takeBack(id, (seq) => uploads.fail(seq, error)),
    undoUpload: (id: string) => takeBack(id, (seq) => uploads.remove(seq)),
    recover: () => {
      for (const { id, process } of uploads.unfinished()) {
        if (process === ownProcess() || !isStillRunning(process)) {
          takeBack(id, (seq) =>
            uploads.fail(seq, 'The program ended while it was read. Nothing of it was kept: upload it again.'),
          )
        }
      }
    },
    /** For tests: the connection itself. */
    db: db as Connection,
    close: () => db.close(),
  }
}
