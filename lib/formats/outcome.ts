import type { LoggedEvent } from '#lib/asr/event.ts'
import type { Place, Reject } from '#lib/model/reject.ts'

/**
 * What became of one record. Records that are not ours are counted by code only (`1150`, `Security/4688`). An event is
 * `unparsed` if its fields are in a message that is not in English, so that only what is around the message could be read.
 */
export type Outcome =
  | { kind: 'event'; event: LoggedEvent; place: Place; unparsed?: true }
  | { kind: 'other'; code: string; count: number }
  | { kind: 'reject'; reject: Reject }

/** When and where a record of Defender's channel was logged that is not kept but only counted; null if it cannot be read. */
export type Trace = { EventCode: number; dest: string; recordId: number | null; time: number | null }

/**
 * How a log is to be read. `tz` is the IANA zone of local times without one, `dest` the host of records that name
 * none. `onTrace` gets the records of Defender's channel that are only counted, if they say when and where.
 */
export type ReadOptions = { tz: string; dest?: string; onTrace?: (trace: Trace) => void }

/** A reader: bytes in, outcomes out, a list at a time. It never throws because of what the bytes are. */
export type Reader = (bytes: AsyncIterable<Uint8Array>, options: ReadOptions) => AsyncGenerator<Outcome[]>
