import { errorMessage, parseAnswer } from '#lib/model/answer.ts'
import { receipt, type UploadProgress, uploadProgress } from '#lib/model/receipt.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import type { Sending } from './sending.ts'

/** What is told while a file is sent. */
export type Progress = Partial<Pick<Sending, 'sent' | 'receipt'>>
/** How sending a file ended. */
export type End = { state: 'done' | 'failed'; receipt: UploadProgress | null; error: string | null }

/** Milliseconds between looks at how far the server has read. */
const lookEvery = 500

/**
 * Sends one file as the raw body of an upload under an id chosen here, so that the server can be asked how far it has
 * read while it reads. `ending` never rejects.
 */
export function sendFile(
  { id, file, tz, dest }: Pick<Sending, 'id' | 'file' | 'tz' | 'dest'>,
  report: (progress: Progress) => void,
): { abort: () => void; ending: Promise<End> } {
  const request = new XMLHttpRequest()
  const looking = setInterval(() => look(id, report), lookEvery)
  const ending = new Promise<End>((resolve) => {
    const lost = () => resolve(failed('The connection to the server was lost. Nothing of this file was kept.'))
    request.upload.onprogress = ({ loaded }) => report({ sent: loaded })
    request.onload = () => resolve(endOf(request))
    request.onerror = lost
    request.onabort = lost
  }).finally(() => clearInterval(looking))
  request.open(
    'POST',
    `${apiPaths.uploads}?${new URLSearchParams({ name: file.name, tz, id, ...(dest ? { dest } : {}) })}`,
  )
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(file)
  return { abort: () => request.abort(), ending }
}

function endOf({ status, statusText, responseText }: XMLHttpRequest): End {
  if (status !== 201) return failed(errorMessage(responseText) ?? `The server answered ${status} ${statusText}.`)
  try {
    return { state: 'done', receipt: parseAnswer(receipt, responseText), error: null }
  } catch (error) {
    return failed(receiptProblem(error))
  }
}

/** The end of a file that was not read, or whose receipt is unknown. */
export const failed = (error: string): End => ({ state: 'failed', receipt: null, error })

/** The message for a receipt that does not fit. The file itself may have been read. */
export const receiptProblem = (error: unknown): string =>
  `Its receipt cannot be shown; the list of uploads may have it. ${(error as Error).message}`

async function look(id: string, report: (progress: Progress) => void): Promise<void> {
  try {
    const answer = await fetch(apiPaths.upload(id))
    if (answer.ok) report({ receipt: parseAnswer(uploadProgress, await answer.text()) })
  } catch {
    // The next look, or the end of sending, says what is wrong.
  }
}
