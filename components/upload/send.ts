import { apiPaths } from '#lib/params/api-paths.ts'
import type { Sending } from './sending.ts'
import { errorMessage, type SentReceipt } from './sent-receipt.ts'

/** What is told while a file is sent. */
export type Progress = Partial<Pick<Sending, 'sent' | 'receipt'>>
/** How sending a file ended. */
export type End = { state: 'done' | 'failed'; receipt: SentReceipt | null; error: string | null }

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
    const lost = () =>
      resolve({
        state: 'failed',
        receipt: null,
        error: 'The connection to the server was lost. Nothing of this file was kept.',
      })
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

function endOf(request: XMLHttpRequest): End {
  const answer = parsed(request.responseText)
  if (request.status === 201) return { state: 'done', receipt: answer as SentReceipt, error: null }
  const message = errorMessage(answer) ?? `The server answered ${request.status} ${request.statusText}.`
  return { state: 'failed', receipt: null, error: message }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function look(id: string, report: (progress: Progress) => void): Promise<void> {
  try {
    const answer = await fetch(apiPaths.upload(id))
    if (answer.ok) report({ receipt: await answer.json() })
  } catch {
    // The next look, or the end of sending, tells.
  }
}
