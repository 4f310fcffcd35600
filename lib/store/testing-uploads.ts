import { otherRecords } from '#lib/model/other-records.ts'
import type { EventRow, Receipt } from '#lib/model/rows.ts'
import { pageOf } from '#lib/params/page.ts'
import type { UploadEventReads, UploadReads } from './reads.ts'
import { breaksOf } from './testing-breaks.ts'
import { comparison } from './testing-comparison.ts'
import { continuityListsOf, hostsOf } from './testing-continuity.ts'
import { inOrder, pageIn } from './testing-order.ts'
import { type Log, logOf, partsOf, type ReadLog, receiptOf, rejectsOf } from './testing-receipts.ts'

export type CountedReads = UploadReads & UploadEventReads

/**
 * Answers questions about uploads by counting, one by one, what was read of them. `events`: those that are stored. Nothing is
 * being removed or recomputed.
 */
export function countedUploads(read: readonly ReadLog[], events: readonly EventRow[]): CountedReads {
  const logs = read.map((log) => logOf(log, events))
  const receipts = (where: (log: Log) => boolean) => logs.filter(where).map((log) => receiptOf(logs, log))
  const isRoot = ({ parent }: Log) => parent === undefined
  const reads: CountedReads = {
    uploads: async (question) => pageIn(receipts(isRoot), question),
    // None of the logs was undone.
    removed: async () => [],
    upload: async (id) => receipts((log) => log.id === id)[0] ?? null,
    newestUpload: async () => receipts(isRoot).at(-1) ?? null,
    uploadNamed: async (prefix) =>
      receipts(({ id, state }) => id.startsWith(prefix) && state === 'done').at(-1) ?? null,
    uploadTotals: async () => {
      const all = receipts(isRoot)
      const total = (of: (receipt: Receipt) => number) => all.reduce((sum, receipt) => sum + of(receipt), 0)
      return {
        ...{ uploads: all.length, records: total(({ records }) => records), stored: total(({ stored }) => stored) },
        ...{ duplicates: total(({ duplicates }) => duplicates), other: total(otherRecords) },
        rejects: total(({ rejects }) => rejects),
      }
    },
    comparableWith: async (id) => {
      const keys = new Set(hostsOf(logs, id).map(({ key }) => key))
      const others = logs.filter((log) => isRoot(log) && log.state === 'done' && log.id !== id).toReversed()
      const newest = others.slice(0, 20)
      return (newest.find((log) => hostsOf(logs, log.id).some(({ key }) => keys.has(key))) ?? newest[0])?.id ?? null
    },
    version: async () => String(events.length),
    removing: async () => null,
    archiveOf: async (id) => logs.find((log) => log.id === id)?.parent ?? null,
    recomputing: async () => null,
    logs: async (id) => receipts(({ parent }) => parent === id),
    rejects: async (id, page) => pageOf(rejectsOf(logs, id), page),
    rejectRows: async function* (id) {
      yield rejectsOf(logs, id)
    },
    countWithoutDest: async (id) => rejectsOf(logs, id).filter(({ reason }) => reason === 'no-dest').length,
    storedCodes: async (id) => {
      const of = partsOf(logs, id).flatMap((log) => log.stored)
      const counts = [...Map.groupBy(of, ({ EventCode }) => EventCode)]
      return inOrder(counts, ([EventCode]) => [EventCode]).map(([EventCode, { length: count }]) => ({
        EventCode,
        count,
      }))
    },
    continuity: async (list, id, asked) => pageOf(continuityListsOf[list](hostsOf(logs, id, asked.dest)), asked),
    continuityRows: async function* (list, id, dest) {
      yield continuityListsOf[list](hostsOf(logs, id, dest))
    },
    hostBreaks: async (question) => breaksOf(logs, events, question),
    heldCounts: async (pair) => comparison(logs, events, pair).heldCounts(),
    comparedVersions: async (pair) => comparison(logs, events, pair).versions(),
    countUnknown: async (pair) => comparison(logs, events, pair).countUnknown(),
    comparedSides: async (pair, page) => pageOf(comparison(logs, events, pair).sides(), page),
    comparedEvents: async (pair, place, page) => {
      const rows = comparison(logs, events, pair).ofPlace(place)
      return pageIn(rows, { sort: [{ column: '_time', descending: true }], page })
    },
    comparedEventRows: async function* (pair, place) {
      yield (await reads.comparedEvents(pair, place, { offset: 0, limit: Number.MAX_SAFE_INTEGER })).rows
    },
  }
  return reads
}
