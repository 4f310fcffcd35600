import { upload } from '#lib/ingest/client.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'
import { errorAnswer, noSpaceAnswer } from './answer.ts'
import { apiRow } from './json.ts'

/** Reads a log to its end and answers with its receipt, or says why it could not be read. */
export async function serveUpload(log: NewUpload, bytes: AsyncIterable<Uint8Array>): Promise<Response> {
  const ending = await upload(log, bytes)
  const receipt = await selectUpload(await getStore(), log.id)
  const detail = receipt === null ? null : apiRow(receipt)
  if (ending.state === 'done')
    return Response.json(detail, { status: 201, headers: { Location: `/api/v1/uploads/${log.id}` } })
  if (ending.state === 'unknown-format') return errorAnswer(415, 'unknown-format', ending.message, detail)
  if (ending.state === 'no-space') return noSpaceAnswer(detail)
  if (ending.state === 'cancelled') return errorAnswer(409, 'cancelled', ending.message)
  return errorAnswer(400, 'broken-off', ending.message, detail)
}
