import { createReadStream } from 'node:fs'
import { chunkSize, type FileIngest, failedOf, type LogFile, unreadable } from '#lib/ingest/files.ts'
import { completeLogs, removeSpools } from '#lib/ingest/incoming.ts'
import { openIngestQueue } from '#lib/ingest/ingest-queue.ts'
import { openReads } from '#lib/store/sqlite/reads/reads.ts'
import { openSqlInProcesses } from '#lib/store/sqlite/sql-in-processes.ts'
import { openSqliteWrites } from '#lib/store/sqlite/writes.ts'

/** More hosts than the continuity of an upload is stored for. */
const everyDest = 100_000

/** Opens the store in this process. The caller has the lock of the data folder. */
export async function openFilesHere(databaseFile: string, dataFolder: string): Promise<FileIngest> {
  const writer = await openSqliteWrites(databaseFile, dataFolder)
  removeSpools()
  // Files are read one after the other: which events are duplicates does not depend on how fast the disk is.
  const queue = openIngestQueue(writer, { atOnce: 1, patience: Number.POSITIVE_INFINITY, kept: completeLogs })
  await queue.recover()
  const reads = openReads(openSqlInProcesses(databaseFile))

  /** Resolves when the file before has its place in line. */
  let before = Promise.resolve()

  async function send({ id, path }: LogFile) {
    const [turn, begun] = [before, Promise.withResolvers<void>()]
    before = begun.promise
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: chunkSize })) {
        await turn
        const pushed = queue.push(id, chunk)
        begun.resolve()
        await pushed
      }
    } catch (error) {
      return queue.breakOff(id, unreadable(path, error))
    } finally {
      await turn
      begun.resolve()
    }
    return queue.end(id)
  }

  return {
    // The next files are read while the commits of small ones are gathered.
    atOnce: 64,
    read: async (file) => {
      const { id, name, size, tz, dest } = file
      const by = {
        actor: { kind: 'local' as const, id: null, name: 'local' },
        address: null,
        request: null,
        at: Date.now(),
      }
      await queue.begin({ id, name, tz, bytes: size, by, ...(dest === undefined ? {} : { dest }) })
      const ending = await send(file)
      if (ending === null) return { state: 'failed', message: 'The upload was not being read.' }
      if (ending.state !== 'done') return { state: 'failed', message: ending.message }
      const receipt = await reads.upload(id)
      if (receipt === null) return { state: 'failed', message: 'The upload was removed while it was read.' }
      const { rows } = await reads.continuity('dests', id, { dest: null, offset: 0, limit: everyDest })
      const failedLogs = receipt.logs === 0 ? [] : failedOf(await reads.logs(id))
      return { state: 'done', receipt, dests: rows, failedLogs }
    },
    progress: (id) => reads.upload(id),
    close: async () => {
      await reads.close()
      await writer.close()
    },
  }
}
