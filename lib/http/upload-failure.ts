import type { ErrorCode } from '#lib/model/api-error.ts'
import { errorAnswer } from './answer.ts'

/** Seconds after which a sender that was not taken in may try again. */
const retryAfter = '10'

type Failure = { status: number; code: ErrorCode; headers?: Record<string, string> }

/** Codes of errors that end an upload, and the answer for each. All others are what the sender did. */
const failures: Record<string, Failure> = {
  // The rest of the body never comes: only a closed connection ends it.
  STALLED: { status: 408, code: 'stalled', headers: { Connection: 'close' } },
  TOO_LARGE: { status: 413, code: 'too-large' },
  OVER_BUDGET: { status: 413, code: 'too-large' },
  BUSY: { status: 503, code: 'busy', headers: { 'Retry-After': retryAfter } },
  STOPPING: { status: 503, code: 'stopping', headers: { 'Retry-After': retryAfter, Connection: 'close' } },
  OVERLAP_GONE: { status: 503, code: 'overlap-gone', headers: { 'Retry-After': retryAfter } },
  NO_SPACE: { status: 507, code: 'no-space' },
  SQLITE_FULL: { status: 507, code: 'no-space' },
  ENOSPC: { status: 507, code: 'no-space' },
  STORE_FILE_GONE: { status: 503, code: 'store-gone' },
  DAMAGED_DATABASE: { status: 500, code: 'internal' },
}

function failureOf(code: string | undefined): Failure {
  if (code === undefined) return { status: 400, code: 'broken-off' }
  const ofStore: Failure | null = code.startsWith('SQLITE_') ? { status: 500, code: 'internal' } : null
  return failures[code] ?? ofStore ?? { status: 400, code: 'broken-off' }
}

/** The answer to the sender of an upload that ended with an error of this code: `message` says why, `detail` is its receipt. */
export function failureAnswer(code: string | undefined, message: string, detail: unknown = null): Response {
  const { status, code: named, headers = {} } = failureOf(code)
  const answer = errorAnswer(status, named, message, detail)
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}
