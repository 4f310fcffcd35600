import { errorMessage, parseAnswer } from '#lib/model/answer.ts'
import { receipt, type UploadProgress, uploadProgress } from '#lib/model/receipt.ts'
import { samplePrefix } from '#lib/model/upload.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import type { Sending } from './sending.ts'

/** What is reported while a file is sent. */
export type Progress = Partial<Pick<Sending, 'sent' | 'receipt'>>
/** How sending a file ended. */
export type End = { state: 'done' | 'failed'; receipt: UploadProgress | null; error: string | null }

/** Milliseconds between looks at how far the server has read. */
const lookEvery = 500

/** A file to be sent, and what is said of it. */
export type Sent = Pick<Sending, 'id' | 'tz' | 'dest'> & { file: File }
type Report = (progress: Progress) => void
type Begun = { abort: () => void; ending: Promise<End> }

/**
 * Sends one file as the raw body of an upload under an id chosen here, so that the server can be asked how far it has
 * read while it reads. `ending` never rejects.
 */
export function sendFile({ id, file, tz, dest }: Sent, report: Report): Begun {
  const said = { name: file.name, tz, id, ...(dest ? { dest } : {}) }
  return post(`${apiPaths.uploads}?${new URLSearchParams(said)}`, file, id, report)
}

/** Has the server load the sample fleet under an id chosen here, which begins with `sample-`. `ending` never rejects. */
export const loadSample = (id: string, report: Report): Begun =>
  post(`${apiPaths.sample}?${new URLSearchParams({ id: id.slice(samplePrefix.length) })}`, null, id, report)

function post(address: string, body: File | null, id: string, report: Report): Begun {
  const request = new XMLHttpRequest()
  const looking = setInterval(() => look(id, report), lookEvery)
  const ending = new Promise<End>((resolve) => {
    const lost = () => resolve(failed('The connection to the server was lost. Nothing of this file was kept.'))
    request.upload.onprogress = ({ loaded }) => report({ sent: loaded })
    request.onload = () => resolve(endOf(request))
    request.onerror = lost
    request.onabort = lost
  }).finally(() => clearInterval(looking))
  request.open('POST', address)
  if (body !== null) request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(body)
  return { abort: () => request.abort(), ending }
}

function endOf({ status, statusText, responseText }: XMLHttpRequest): End {
  // 200: the sample fleet is loaded already.
  if (status !== 201 && status !== 200)
    return failed(errorMessage(responseText) ?? `The server answered ${status} ${statusText}.`)
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

async function look(id: string, report: Report): Promise<void> {
  try {
    const answer = await fetch(apiPaths.upload(id))
    if (answer.ok) report({ receipt: parseAnswer(uploadProgress, await answer.text()) })
  } catch {
    // The next look, or the end of sending, says what is wrong.
  }
}
