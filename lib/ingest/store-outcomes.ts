import type { Outcome } from '#lib/formats/outcome.ts'
import type { WritableStore } from '#lib/store/store.ts'
import { batchLimits, openBatch } from './batches.ts'
import type { Meter } from './meter.ts'

/**
 * Stores what a reader gives, a batch a transaction: while one is written the next is read, and no more is held than
 * that. @throws the store's errors, the reader's, or the signal's reason.
 */
export async function storeOutcomes(
  store: WritableStore,
  upload: string,
  outcomes: AsyncIterable<Outcome[]>,
  meter: Meter,
  signal: AbortSignal,
): Promise<void> {
  let batch = openBatch()
  let writing: Promise<void> | null = null
  let failure: unknown = null
  const flush = (): void => {
    const closed = batch.close(meter.take())
    batch = openBatch()
    writing = store
      .write(upload, closed)
      .catch((error) => {
        failure ??= error
      })
      .finally(() => {
        writing = null
      })
  }
  // A feed that pauses must not leave its last events waiting for the next ones.
  const pulse = setInterval(() => {
    if (writing === null && !meter.isIdle()) flush()
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
      if (failure !== null) throw failure
      if (writing === null && batch.isDue()) flush()
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
}
