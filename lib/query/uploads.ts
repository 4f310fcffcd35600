import type { Page, Receipt } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import type { UploadReads } from '#lib/store/reads.ts'

/** What the id of the sample fleet begins with. An id that a sender chooses is a UUID, so it is never taken for the sample. */
export const samplePrefix = 'sample-'

/** The uploads, newest first if the URL names no order. The logs of an archive are counted in it. */
export const selectUploads = (reads: UploadReads, params: Params = defaultParams('uploads')): Promise<Page<Receipt>> =>
  reads.uploads({ sort: params.sort, page: pageRange(params) })
