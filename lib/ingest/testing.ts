import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoggedEvent, LoggedField } from '#lib/asr/event.ts'
import { openContinuity } from '#lib/continuity/continuity.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { openPacker, type PackedBatch, type Packer } from '#lib/store/sqlite/pack.ts'
import { openReader, type Reader } from '#lib/store/sqlite/reader.ts'
import { openReads } from '#lib/store/sqlite/reads/reads.ts'
import type { Sql, StackSql } from '#lib/store/sqlite/sql.ts'
import { openWriter, type Writer } from '#lib/store/sqlite/writer.ts'
import type { BatchCounts, EventBatch, Writes } from '#lib/store/store.ts'
import { openBatch } from './batches.ts'
import { openIngestQueue } from './ingest-queue.ts'

/** A file name in a folder of its own under the system's temporary folder, and what removes it. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'asr-hunt-test-'))
  return {
    folder,
    file: join(folder, 'asr-hunt.db'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Questions about stacks, answered in this process. */
const stackSqlOf = (reader: Reader): StackSql => ({
  warm: reader.warmStacks,
  page: reader.stackPage,
  members: reader.stackMembers,
  events: reader.stackEvents,
  async *rows(asked) {
    const rows = await reader.openStackRows(asked)
    try {
      for (let next = await reader.nextStackRows(rows); next !== null; next = await reader.nextStackRows(rows))
        yield next
    } finally {
      reader.closeStackRows(rows)
    }
  },
})

/** The reading side in this process. `source`: what its columns are read from on a connection. */
export function sqlOf(file: string, source?: Parameters<typeof openReader>[1]): Sql {
  const reader = openReader(file, source)
  return {
    all: async <Row>(sql: string, values = []) => reader.all(sql, values) as Row[],
    async *stream<Row>(sql: string, values = []) {
      const stream = reader.openStream(sql, values)
      try {
        for (let rows = reader.nextRows(stream); rows !== null; rows = reader.nextRows(stream)) yield rows as Row[]
      } finally {
        reader.closeStream(stream)
      }
    },
    logged: async (id) => reader.logged(id),
    stacks: stackSqlOf(reader),
    close: async () => reader.close(),
  }
}

/** The write interface without threads. */
export const writesOf = (writer: Writer): Writes => ({
  openBatch: openPacker,
  createUpload: async (upload) => writer.createUpload(upload),
  nextUpload: async () => writer.nextUpload(),
  startUpload: async (id, format) => writer.startUpload(id, format),
  write: async (id, batch, counts) => writer.write(id, (batch as Packer).close(), counts),
  finishUpload: async (id, continuity) => writer.finishUpload(id, continuity),
  failUpload: async (id, error) => writer.failUpload(id, error),
  undoUpload: async (id, by) => writer.undoUpload(id, by),
  removed: async () => writer.runJobs(),
  recover: async (before, kept) => writer.recover(before, kept),
  close: async () => writer.close(),
})

/** Events in batches of `size`, as a reader's pipeline makes them. */
function* batches<Events extends EventBatch>(events: LoggedEvent[], size: number, open: () => Events) {
  for (let at = 0; at < Math.max(events.length, 1); at += size) {
    const packed = open()
    const batch = openBatch(packed)
    for (const event of events.slice(at, at + size)) {
      batch.add({ kind: 'event', event, place: { record: 1, line: 1, offset: 0 } })
    }
    yield [packed, batch.close(1)[1]] as const
  }
}

/** Events as packed batches. */
export const batchesOf = (events: LoggedEvent[], size = 1000): [PackedBatch, BatchCounts][] =>
  [...batches(events, size, openPacker)].map(([packer, counts]) => [packer.close(), counts])

/** Sends events to an upload, batch by batch. */
export async function sendEvents(writes: Writes, id: string, events: LoggedEvent[], size = 1000): Promise<void> {
  for (const [batch, counts] of batches(events, size, writes.openBatch)) await writes.write(id, batch, counts)
}

/** Returns how complete a log of these events is. */
export function continuityOf(events: LoggedEvent[]): Continuity {
  const continuity = openContinuity()
  for (const each of events) continuity.event(each)
  return continuity.close()
}

/** A database of its own, written and read in this thread. */
export function openFixture() {
  const { folder, file, remove } = temporaryFolder()
  const writer = openWriter(file, null)
  const sql = sqlOf(file)
  const reads = openReads(sql)
  let uploads = 0

  const fixture = {
    folder,
    file,
    writer,
    sql,
    reads,
    /** An upload of these events, read to its end; returns its id. */
    add: (events: LoggedEvent[], size?: number): string => {
      uploads += 1
      const id = `upload-${uploads}`
      writer.createUpload({ id, name: id, tz: 'UTC', bytes: null })
      writer.startUpload(id, 'xml')
      for (const batch of batchesOf(events, size)) writer.write(id, ...batch)
      writer.finishUpload(id, continuityOf(events))
      return id
    },
    receipt: async (id: string): Promise<Receipt> => {
      const receipt = await reads.upload(id)
      if (receipt === null) throw new Error(`There is no upload ${id}.`)
      return receipt
    },
    close: async () => {
      await reads.close()
      writer.close()
      remove()
    },
  }
  return fixture
}

export type Fixture = ReturnType<typeof openFixture>

let recordIds = 0

/** An event as a reader returns it; what is not given is made up, with a new EventRecordID each time. */
export function event(
  EventCode: number,
  dest: string,
  time: string | number,
  data: Record<string, string> | LoggedField[] = {},
  recordId: number | null = ++recordIds,
): LoggedEvent {
  return {
    EventCode,
    dest,
    time: typeof time === 'number' ? time : Date.parse(time),
    recordId,
    sections: { EventData: Array.isArray(data) ? data : Object.entries(data) },
  }
}

let logs = 0

/** Hands a log to a queue in pieces and waits until it is read; returns its ending and its receipt. */
export async function sendLog(
  { writer, reads }: Pick<Fixture, 'writer' | 'reads'>,
  log: Uint8Array | string,
  { tz = 'UTC', name = 'a.log', size = 65_536, dest = undefined as string | undefined } = {},
) {
  logs += 1
  const id = `log-${logs}`
  const bytes = typeof log === 'string' ? Buffer.from(log) : log
  const queue = openIngestQueue(writesOf(writer))
  await queue.begin({ id, name, tz, bytes: bytes.length, ...(dest === undefined ? {} : { dest }) })
  // A chunk is refused only when the upload has ended; `end` says how.
  for (let at = 0; at < bytes.length; at += size) await queue.push(id, bytes.subarray(at, at + size)).catch(() => {})
  return { id, ending: await queue.end(id), receipt: await reads.upload(id) }
}
