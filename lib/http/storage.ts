import { diskUse } from '#lib/access/storage.ts'
import type { Storage } from '#lib/model/administration.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import type { Reads } from '#lib/store/reads.ts'

/** What the data folder has on its disk, and of how much it is. */
export async function selectStorage(reads: Reads): Promise<Storage> {
  const everything = { actor: null, action: null, subject: null, from: null, to: null }
  const [disk, uploads, totals, audit, removed] = await Promise.all([
    diskUse(),
    selectUploads(reads, { ...defaultParams('uploads'), limit: 1 }),
    reads.uploadTotals(),
    reads.audit(everything, { offset: 0, limit: 1 }),
    reads.removed(),
  ])
  return {
    ...disk,
    uploads: uploads.total,
    events: totals.stored,
    auditRows: audit.total,
    removed: removed.length,
    removedBytes: removed.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
