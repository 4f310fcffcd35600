import { otherRecords } from '#lib/model/receipt.ts'
import type { Reads } from '../reads.ts'
import { comparison } from './compare.ts'
import { continuityOf, hostsOf } from './continuity.ts'
import { type Log, partsOf, receiptOf, rejectsOf, sum } from './logs.ts'
import { pageOf, sorted } from './pages.ts'
import { compare, type Stored } from './stored.ts'

type Receipts =
  | 'version'
  | 'uploads'
  | 'upload'
  | 'newestUpload'
  | 'uploadNamed'
  | 'removing'
  | 'logs'
  | 'storedCodes'
  | 'uploadTotals'
  | 'comparableWith'
type Lists = 'rejects' | 'rejectRows' | 'countWithoutDest' | 'continuity' | 'continuityRows'
type Compared = 'heldCounts' | `compared${'Versions' | 'Sides' | 'Events' | 'EventRows'}` | 'countUntold'
/** The questions about uploads. */
export type UploadReads = Pick<Reads, Receipts | Lists | Compared>

/** Answers questions about uploads from what each was read as. */
export function uploadReads(logs: readonly Log[], events: () => Stored[]): UploadReads {
  const receipts = (where: (log: Log) => boolean) => logs.filter(where).map((log) => receiptOf(logs, log))
  const isRoot = ({ parent }: Log) => parent === undefined
  const reads: UploadReads = {
    version: async () => `${logs.length} ${events().length}`,
    uploads: async ({ sort, page }) => pageOf(sorted(receipts(isRoot), sort), page),
    upload: async (id) => receipts((log) => log.id === id)[0] ?? null,
    newestUpload: async () => receipts(isRoot).at(-1) ?? null,
    uploadTotals: async () => {
      const all = receipts(isRoot)
      const total = (of: (receipt: (typeof all)[number]) => number) => sum(all.map(of))
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
    uploadNamed: async (prefix) =>
      receipts(({ id, state }) => id.startsWith(prefix) && state === 'done').at(-1) ?? null,
    removing: async () => logs.find(({ state }) => state === 'removing')?.name ?? null,
    logs: async (id) => receipts(({ parent }) => parent === id),
    rejects: async (id, page) => pageOf(rejectsOf(logs, id), page),
    rejectRows: async function* (id) {
      yield rejectsOf(logs, id)
    },
    countWithoutDest: async (id) => rejectsOf(logs, id).filter(({ reason }) => reason === 'no-dest').length,
    storedCodes: async (id) => {
      const of = partsOf(logs, id).flatMap((log) => log.stored)
      const codes = [...Map.groupBy(of, ({ row }) => row.EventCode)].sort(compare)
      return codes.map(([EventCode, { length: count }]) => ({ EventCode, count }))
    },
    continuity: async (list, id, asked) => pageOf(continuityOf[list](hostsOf(logs, id, asked.dest)), asked),
    continuityRows: async function* (list, id, dest) {
      yield continuityOf[list](hostsOf(logs, id, dest))
    },
    heldCounts: async (pair) => comparison(logs, events(), pair).heldCounts(),
    comparedVersions: async (pair) => comparison(logs, events(), pair).versions(),
    countUntold: async (pair) => comparison(logs, events(), pair).countUntold(),
    comparedSides: async (pair, page) => pageOf(comparison(logs, events(), pair).sides(), page),
    comparedEvents: async (pair, place, page) => {
      const rows = comparison(logs, events(), pair)
        .ofPlace(place)
        .map(({ row }) => row)
      return pageOf(sorted(rows, [{ column: '_time', descending: true }]), page)
    },
    comparedEventRows: async function* (pair, place) {
      yield (await reads.comparedEvents(pair, place, { offset: 0, limit: Number.MAX_SAFE_INTEGER })).rows
    },
  }
  return reads
}
