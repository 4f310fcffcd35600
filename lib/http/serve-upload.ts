import type { Context } from '#lib/access/context.ts'
import type { Ending } from '#lib/ingest/endings.ts'
import { receipt as receiptSchema } from '#lib/model/receipt.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { hasCode } from '#lib/thread/error.ts'
import { errorAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { failureAnswer } from './upload-failure.ts'

/** Writes a receipt as the API answers it. */
export const writeReceipt = apiWriter(receiptSchema)

/** Hands the log over; returns the answer if it is not even taken in. */
async function take(
  upload: Context['writes']['upload'],
  ...[log, bytes, signal]: Parameters<typeof upload>
): Promise<Ending | Response> {
  try {
    return await upload(log, bytes, signal)
  } catch (error) {
    for (const code of ['BUSY', 'STOPPING', 'NO_SPACE', 'SQLITE_FULL'])
      if (hasCode(error, code)) return failureAnswer(code, (error as Error).message)
    throw error
  }
}

/**
 * Reads a log to its end and answers with its receipt, or says why it could not be read. `signal` aborts when the sender
 * leaves.
 */
export async function serveUpload(
  { reads, writes }: Pick<Context, 'reads' | 'writes'>,
  log: NewUpload,
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<Response> {
  const ending = await take(writes.upload, log, bytes, signal)
  if (ending instanceof Response) return ending
  const receipt = await reads.upload(log.id)
  // Undone while it was read, or between its end and this answer.
  if (ending.state === 'cancelled' || (ending.state === 'done' && receipt?.state !== 'done'))
    return errorAnswer(409, 'cancelled', 'The upload was cancelled.')
  const detail = receipt === null ? null : writeReceipt(receipt)
  if (ending.state === 'done')
    return Response.json(detail, { status: 201, headers: { Location: apiPaths.upload(log.id) } })
  if (ending.state === 'unknown-format') return errorAnswer(415, 'unknown-format', ending.message, detail)
  return failureAnswer(ending.code, ending.message, detail)
}
