import { upload } from '#lib/ingest/client.ts'
import type { Ending } from '#lib/ingest/desk.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'
import { hasCode } from '#lib/thread/error.ts'
import { errorAnswer } from './answer.ts'
import { apiRow } from './json.ts'

/** Seconds after which a sender that was not taken in may try again. */
const retryAfter = '10'

type Failure = { status: number; code: string; headers?: Record<string, string> }

/** Codes of errors that end an upload, and the answer for each. All others are what the sender did. */
const failures: Record<string, Failure> = {
  // The rest of the body never comes: only a closed connection ends it.
  STALLED: { status: 408, code: 'stalled', headers: { Connection: 'close' } },
  TOO_LARGE: { status: 413, code: 'too-large' },
  OVER_BUDGET: { status: 413, code: 'too-large' },
  BUSY: { status: 503, code: 'busy', headers: { 'Retry-After': retryAfter } },
  STOPPING: { status: 503, code: 'stopping', headers: { 'Retry-After': retryAfter, Connection: 'close' } },
  NO_SPACE: { status: 507, code: 'no-space' },
  SQLITE_FULL: { status: 507, code: 'no-space' },
  ENOSPC: { status: 507, code: 'no-space' },
  STORE_FILE_GONE: { status: 503, code: 'store-gone' },
}

function failureOf(code: string | undefined): Failure {
  if (code === undefined) return { status: 400, code: 'broken-off' }
  const ofStore: Failure | null = code.startsWith('SQLITE_') ? { status: 500, code: 'internal' } : null
  return failures[code] ?? ofStore ?? { status: 400, code: 'broken-off' }
}

function failureAnswer(code: string | undefined, message: string, detail: unknown = null): Response {
  const { status, code: named, headers = {} } = failureOf(code)
  const answer = errorAnswer(status, named, message, detail)
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

/** Hands the log over; gives the answer if it is not even taken in. */
async function take(...[log, bytes, signal]: Parameters<typeof upload>): Promise<Ending | Response> {
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
  log: NewUpload,
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<Response> {
  const ending = await take(log, bytes, signal)
  if (ending instanceof Response) return ending
  const receipt = await selectUpload(await getStore(), log.id)
  // Undone while it was read, or between its end and this answer.
  if (ending.state === 'cancelled' || (ending.state === 'done' && receipt?.state !== 'done'))
    return errorAnswer(409, 'cancelled', 'The upload was cancelled.')
  const detail = receipt === null ? null : apiRow(receipt)
  if (ending.state === 'done')
    return Response.json(detail, { status: 201, headers: { Location: `/api/v1/uploads/${log.id}` } })
  if (ending.state === 'unknown-format') return errorAnswer(415, 'unknown-format', ending.message, detail)
  return failureAnswer(ending.code, ending.message, detail)
}
