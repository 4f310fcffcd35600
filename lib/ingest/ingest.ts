import { readers, readLog } from '#lib/formats/readers.ts'
import type { WritableStore } from '#lib/store/store.ts'
import { batchLimits, openBatch } from './batches.ts'

/** The log is of no format that can be read; the message says which can. */
export class UnknownFormat extends Error {
  override name = 'UnknownFormat'
}

const readable =
  'EVTX, XML events (Event Viewer, wevtutil qe /f:xml, Splunk XmlWinEventLog) and Splunk WinEventLog text can be read'

/**
 * Reads one log to its end into an upload that exists already, a batch a transaction: while one is written the next is
 * read, and no more is held than that. @throws UnknownFormat, the store's errors, or the signal's reason.
 */
export async function ingestLog(
  store: WritableStore,
  upload: { id: string; tz: string },
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  let unreported = 0
  async function* counted() {
    for await (const chunk of bytes) {
      signal.throwIfAborted()
      unreported += chunk.length
      yield chunk
    }
  }
  const { format, outcomes } = await readLog(counted(), { tz: upload.tz })
  if (readers[format] === undefined && format !== 'empty') {
    const found =
      format === 'unknown' ? 'This is no log of a known format' : `This is ${format}, which cannot be read yet`
    throw new UnknownFormat(`${found}: ${readable}.`)
  }
  await store.startUpload(upload.id, format)

  let batch = openBatch()
  let writing: Promise<void> | null = null
  let failure: unknown = null
  const flush = (): void => {
    const closed = batch.close(unreported)
    unreported = 0
    batch = openBatch()
    writing = store
      .write(upload.id, closed)
      .catch((error) => {
        failure ??= error
      })
      .finally(() => {
        writing = null
      })
  }
  // A feed that pauses must not leave its last events waiting for the next ones.
  const pulse = setInterval(() => {
    if (writing === null && unreported > 0) flush()
  }, batchLimits.age)
  try {
    for await (const list of outcomes) {
      for (const outcome of list) {
        batch.add(outcome)
        if (!batch.isFull()) continue
        if (writing !== null) await writing
        if (failure !== null) throw failure
        flush()
      }
      signal.throwIfAborted()
    }
    if (writing !== null) await writing
    flush()
    await writing
    if (failure !== null) throw failure
    signal.throwIfAborted()
  } finally {
    clearInterval(pulse)
    if (writing !== null) await writing
  }
  await store.finishUpload(upload.id)
}
