import { type DetailedError, Upload } from 'tus-js-client'
import { parseAnswer, UnexpectedAnswer } from '#lib/model/answer.ts'
import { type UploadProgress, uploadProgress } from '#lib/model/receipt.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { type End, failed, type Progress, receiptProblem, type Sent } from './send.ts'

/** Bytes of a piece. A piece that was cut off is sent again from where the server has it. */
const pieceLength = 8 * 1024 * 1024
/** Milliseconds to wait before each new try: about five minutes in all. */
const retryDelays = [0, 1000, 3000, 5000, ...Array.from({ length: 30 }, () => 10_000)]
const lookEvery = 500

/** Sends one file by the tus protocol and waits until the server has read it. `ending` never rejects. */
export function sendInPieces(
  { id, file, tz, dest }: Sent,
  report: (progress: Progress) => void,
): { abort: () => void; ending: Promise<End> } {
  let isStopped = false
  let upload: Upload | null = null
  const ending = new Promise<End>((resolve) => {
    upload = new Upload(file, {
      endpoint: apiPaths.resumable,
      metadata: { id, name: file.name, tz, ...(dest ? { dest } : {}) },
      chunkSize: pieceLength,
      retryDelays,
      removeFingerprintOnSuccess: true,
      onShouldRetry: ({ originalResponse }) => isTemporary(originalResponse?.getStatus() ?? 0),
      onProgress: (sent) => report({ sent }),
      onError: (error) => resolve(failed(`The file could not be sent: ${messageOf(error)}`)),
      onSuccess: () => void untilRead(id, report, () => isStopped).then(resolve),
    })
    upload.start()
  })
  const abort = () => {
    isStopped = true
    void upload?.abort(true).catch(() => {})
  }
  return { abort, ending }
}

/** What the server said, if it did. */
const messageOf = (error: Error | DetailedError): string =>
  ('originalResponse' in error && error.originalResponse?.getBody()) || error.message

/** Whether trying again may help: not after a refusal, and not if the server has no space. 0: there was no answer. */
const isTemporary = (status: number): boolean =>
  status === 0 || status === 408 || status === 409 || status === 423 || (status >= 500 && status !== 507)

/** Asks how far the server has read until it is done. */
async function untilRead(id: string, report: (progress: Progress) => void, isStopped: () => boolean): Promise<End> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookEvery))
    if (isStopped()) return failed('The upload was cancelled.')
    const receipt = await receiptOf(id)
    if (receipt === null) continue
    if (receipt instanceof UnexpectedAnswer) return failed(receiptProblem(receipt))
    report({ receipt })
    if (receipt.state === 'done') return { state: 'done', receipt, error: null }
    if (receipt.state === 'failed') return failed(receipt.error ?? 'It failed.')
  }
}

/** The receipt; null if the server does not answer at the moment. */
async function receiptOf(id: string): Promise<UploadProgress | UnexpectedAnswer | null> {
  try {
    const answer = await fetch(apiPaths.upload(id))
    return answer.ok ? parseAnswer(uploadProgress, await answer.text()) : null
  } catch (error) {
    return error instanceof UnexpectedAnswer ? error : null
  }
}
