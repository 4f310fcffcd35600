import type { Outcome } from '#lib/formats/outcome.ts'
import { batchLimits, openBatch } from './batches.ts'
import type { Meter } from './meter.ts'
import type { Pipeline } from './pipeline.ts'

/**
 * Sends what a reader returns to the store, batch by batch: while some are written the next is read. @throws the store's
 * errors, the reader's, or the signal's reason.
 */
export async function storeOutcomes(
  store: Pipeline,
  upload: string,
  outcomes: AsyncIterable<Outcome[]>,
  meter: Meter,
  signal: AbortSignal,
): Promise<void> {
  let batch = openBatch(store.openBatch())
  const flush = (): Promise<void> => {
    const [events, counts] = batch.close(meter.take())
    batch = openBatch(store.openBatch())
    return store.write(upload, events, counts)
  }
  // A feed that pauses must not leave its last events waiting for the next ones. The next call throws what fails here.
  const pulse = setInterval(() => {
    if (store.isIdle() && !meter.isIdle()) flush().catch(() => {})
  }, batchLimits.age)
  try {
    for await (const list of outcomes) {
      for (const outcome of list) {
        batch.add(outcome)
        if (batch.isFull()) await flush()
      }
      if (store.isIdle() && batch.isDue()) await flush()
      signal.throwIfAborted()
    }
    await flush()
    signal.throwIfAborted()
  } finally {
    clearInterval(pulse)
  }
}
