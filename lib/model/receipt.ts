import { z } from 'zod'
import { continuityPages } from './continuity-rows.ts'
import { type RejectReason, rejectReasons } from './reject.ts'
import { count, time } from './schema.ts'
import { uploadStates } from './upload.ts'

/** What an upload became. `records = stored + duplicates + the sum of otherCodes + rejects`. */
export const receipt = z.object({
  id: z.string(),
  name: z.string(),
  format: z.string().nullable(),
  state: z.enum(uploadStates),
  bytes: count.nullable().describe('Bytes that the sender announced; all of them when the upload is done.'),
  bytesRead: count.describe('Bytes that have been read.'),
  records: count,
  stored: count.describe('Events that were stored. While the upload is being removed: those that are left.'),
  duplicates: count,
  otherCodes: z.record(z.string(), count).describe('Records of other codes and channels: counted, not stored.'),
  rejects: count,
  firstTime: time.nullable(),
  lastTime: time.nullable(),
  dests: count,
  tz: z.string(),
  dest: z.string().nullable().describe('Host of records that name none, if the sender gave one.'),
  createdAt: time,
  finishedAt: time.nullable(),
  error: z.string().nullable().describe('Why it failed.'),
  unparsed: count.describe(
    'Events whose message is in a language that is not parsed: stored with what is known of them.',
  ),
  logs: count.describe('How many logs an archive contains, else 0. The sums above are theirs.'),
  unchecked: count.describe('Records of dests beyond those whose continuity is checked.'),
})
export type Receipt = z.infer<typeof receipt>

const waitsFor = z
  .string()
  .nullable()
  .describe('What an upload that is queued or being read waits for, in words; null if it does not wait.')

/** A receipt, also of an upload that is being read. */
export const uploadProgress = receipt.extend({ waitsFor: waitsFor.optional() })
export type UploadProgress = z.infer<typeof uploadProgress>

/** One upload with the first rows of its lists. */
export const uploadDetail = receipt.extend({
  waitsFor,
  continuity: continuityPages,
  parts: z.array(receipt).optional().describe('Receipts of the logs of an archive, in its order.'),
})

/** All uploads, summed. The logs of an archive are counted in it. */
export const uploadTotals = z.object({
  ...{ uploads: count, records: count, stored: count, duplicates: count, other: count, rejects: count },
})
export type UploadTotals = z.infer<typeof uploadTotals>

const reasons = Object.keys(rejectReasons) as RejectReason[]

/** A record that could not be read, of an upload. */
export const rejectRow = z.object({
  log: z.string().nullable().describe('The log it is of, if the upload is an archive.'),
  record: count,
  line: count.nullable().describe('Null in binary formats.'),
  offset: count.describe('Where it begins, in bytes.'),
  reason: z.enum(reasons),
  detail: z.string(),
  snippet: z.string(),
})
export type RejectRow = z.infer<typeof rejectRow>

/** Events stored from an upload, by their code. */
export const codeCount = z.object({ EventCode: count, count })
