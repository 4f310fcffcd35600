import type { Budget } from '#lib/containers/budget.ts'
import type { Reject } from '#lib/model/reject.ts'
import type { BatchCounts, Writes } from '#lib/store/store.ts'
import type { Meter } from './meter.ts'
import type { Pipeline } from './pipeline.ts'

/** The log is of no format that can be read; the message says which can. */
export class UnknownFormat extends Error {
  override name = 'UnknownFormat'
}

/** What reading one log, or the archive that it is in, works with. */
export type Work = {
  store: Pipeline
  /** Removes what a log of an archive stored and lists it as failed. */
  fail: Writes['failUpload']
  upload: { id: string; tz: string; dest?: string }
  meter: Meter
  budget: Budget
  signal: AbortSignal
  /** The outermost archive, whose logs all are, and the names of those a log is deeper in. */
  archive: { id: string; path: string[] } | null
  depth: number
  /** What the log came packed in, outermost first. */
  packed: string[]
  /** What was wrong with the packing; known when the bytes are read to their end. */
  damage: () => string | null
}

/** The reject that replaces the rest of a damaged packing. */
export const damageReject = (record: number, detail: string): Reject => ({
  record,
  line: null,
  offset: 0,
  reason: 'bad-structure',
  detail,
  snippet: '',
})

const noCounts: BatchCounts = { bytesRead: 0, records: 0, otherCodes: {}, rejects: [], unparsed: 0 }

/** Adds to the receipt of an upload without storing an event. */
export const addCounts = ({ store, upload }: Work, counts: Partial<BatchCounts>): Promise<void> =>
  store.write(upload.id, store.openBatch(), { ...noCounts, ...counts })
