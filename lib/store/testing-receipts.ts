import type { LoggedEvent } from '#lib/asr/event.ts'
import { foldDest } from '#lib/asr/key-text.ts'
import { continuityOf } from '#lib/ingest/testing.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type * as Rows from '#lib/model/rows.ts'
import type { NewUpload, UploadState } from '#lib/model/upload.ts'
import type { BatchCounts } from './store.ts'
import { inOrder } from './testing-order.ts'

/** An upload as it was read: what a store is given of it. `dests` are the hosts of its events, in lower case, with repeats. */
export type Log = NewUpload & {
  format: string
  state: UploadState
  createdAt: number
  counts: BatchCounts
  continuity: Continuity
  error: string | null
  times: number[]
  dests: string[]
  stored: Rows.EventRow[]
}

/** A log that was read: its events, and of its upload what is not as usual. */
export type ReadLog = { id: string; events: LoggedEvent[] } & Partial<Omit<Log, 'times' | 'dests' | 'stored'>>

const usual = { tz: 'UTC', bytes: null, format: 'xml', state: 'done', error: null } as const
const nothing = { bytesRead: 0, otherCodes: {}, rejects: [], unread: 0 }

/** The upload of a log. `all`: the events that are stored, of all logs. */
export function logOf({ id, events, ...given }: ReadLog, all: readonly Rows.EventRow[]): Log {
  const made = { createdAt: Date.now(), name: id, continuity: continuityOf(events) }
  const counts = { ...nothing, records: events.length }
  const stored = all.filter(({ upload }) => upload === id)
  const read = { times: events.map(({ time }) => time), dests: events.map(({ dest }) => foldDest(dest)), stored }
  return { ...usual, ...made, counts, ...given, id, ...read }
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
/** The upload of an id and the logs of its archive. */
export const partsOf = (all: readonly Log[], id: string): Log[] =>
  all.filter((log) => log.id === id || log.parent === id)
export const nameOf = ({ parent, name }: Log): string | null => (parent === undefined ? null : name)

export function receiptOf(
  all: readonly Log[],
  { id, name, format, state, tz, createdAt, error, ...log }: Log,
): Rows.Receipt {
  const of = partsOf(all, id)
  const [times, others] = [
    of.flatMap((part) => part.times),
    of.flatMap(({ counts }) => Object.entries(counts.otherCodes)),
  ]
  const codes = [...Map.groupBy(others, ([code]) => code)].map(([code, each]) => [
    code,
    sum(each.map(([, count]) => count)),
  ])
  return {
    ...{ id, name, format, state, tz, createdAt, error },
    bytes: log.bytes ?? (state === 'done' ? log.counts.bytesRead : null),
    bytesRead: log.counts.bytesRead,
    records: sum(of.map(({ counts }) => counts.records)),
    stored: sum(of.map(({ stored }) => stored.length)),
    duplicates: sum(of.map((part) => part.times.length - part.stored.length)),
    otherCodes: Object.fromEntries(codes),
    rejects: sum(of.map(({ counts }) => counts.rejects.length)),
    firstTime: times.length === 0 ? null : Math.min(...times),
    lastTime: times.length === 0 ? null : Math.max(...times),
    dests: new Set(of.flatMap(({ dests }) => dests)).size,
    dest: log.dest ?? null,
    finishedAt: state === 'done' ? createdAt : null,
    unread: sum(of.map(({ counts }) => counts.unread)),
    logs: all.filter(({ parent }) => parent === id).length,
    unlooked: sum(of.map(({ continuity }) => continuity.unlooked)),
  }
}

export const rejectsOf = (all: readonly Log[], id: string): Rows.RejectRow[] =>
  partsOf(all, id).flatMap((log) =>
    inOrder(log.counts.rejects, ({ record }) => [record]).map((reject) => ({ log: nameOf(log), ...reject })),
  )
