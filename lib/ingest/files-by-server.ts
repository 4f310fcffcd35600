import { createReadStream } from 'node:fs'
import { Agent, type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { errorMessage, parseAnswer } from '#lib/model/answer.ts'
import { continuityRow } from '#lib/model/continuity-rows.ts'
import { type Receipt, receipt as receiptSchema, uploadDetail } from '#lib/model/receipt.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { chunkSize, type FileEnding, type FileIngest, failedOf, type LogFile, unreadable } from './files.ts'

type Answer = { status: number; body: string; request: string | undefined }

/** How often, and how many times, the receipt is asked for if the answer of the server was lost: a busy server may take a minute. */
const lookEvery = 200
const looks = 300

class Unreadable extends Error {}

/** The bytes of the file that were there when it was looked at: the server knows how many there are. */
async function* bytesOf({ path, size }: LogFile): AsyncGenerator<Uint8Array> {
  let read = 0
  try {
    if (size === 0) return
    const end = size === null ? Number.POSITIVE_INFINITY : size - 1
    for await (const chunk of createReadStream(path, { highWaterMark: chunkSize, end })) {
      read += chunk.length
      yield chunk
    }
    if (size !== null && read < size) throw new Error(`it ended after ${read} of ${size} bytes`)
  } catch (error) {
    throw new Unreadable(unreadable(path, error), { cause: error })
  }
}

const answerTo = async (request: ClientRequest): Promise<Answer> => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
  })
  const body = await text(response)
  return { status: response.statusCode ?? 0, body, request: [response.headers['x-request-id']].flat()[0] }
}

/** What an answer that is not a success says, whoever gave it. */
function errorOf({ status, body, request }: Answer): string {
  const of = status >= 500 && request !== undefined ? ` (request ${request})` : ''
  const message = errorMessage(body)
  return message === null ? `The server answered ${status}${of}.` : `${message}${of}`
}

/** Sends files to the running server over its local socket, and reads their receipts from its API. */
export function openFilesByServer(socketPath: string): FileIngest {
  const agent = new Agent({ keepAlive: true })
  const get = (path: string): Promise<Answer> => answerTo(openRequest({ socketPath, path, agent }).end())

  async function receiptOf(id: string): Promise<Receipt | null> {
    const answer = await get(apiPaths.upload(id))
    if (answer.status === 404) return null
    if (answer.status !== 200) throw new Error(errorOf(answer))
    return parseAnswer(receiptSchema, answer.body)
  }

  /** The receipts of the logs of an archive. */
  async function partsOf(id: string): Promise<Receipt[] | FileEnding> {
    const answer = await get(apiPaths.upload(id))
    if (answer.status !== 200) return { state: 'failed', message: errorOf(answer) }
    return parseAnswer(uploadDetail, answer.body).parts ?? []
  }

  async function done(id: string, receipt: Receipt): Promise<FileEnding> {
    const answer = await get(apiPaths.uploadList(id, 'dests', 'ndjson'))
    if (answer.status !== 200) return { state: 'failed', message: errorOf(answer) }
    const lines = answer.body.split('\n').filter((line) => line !== '')
    const parts = receipt.logs === 0 ? [] : await partsOf(id)
    if (!Array.isArray(parts)) return parts
    return {
      state: 'done',
      receipt,
      dests: lines.map((line) => parseAnswer(continuityRow, line)),
      failedLogs: failedOf(parts),
    }
  }

  /** The connection broke: if the server is still there, it knows how the upload ended. */
  async function endingAfter(id: string, error: Error): Promise<FileEnding> {
    const lost: FileEnding = { state: 'failed', message: `The connection to the server broke off: ${error.message}.` }
    try {
      for (let look = 0; look < looks; look++) {
        const receipt = await receiptOf(id)
        if (receipt === null) return lost
        if (receipt.state === 'done') return await done(id, receipt)
        if (receipt.state === 'failed') return { state: 'failed', message: receipt.error ?? lost.message }
        await wait(lookEvery)
      }
      return lost
    } catch {
      // The server is gone too: what broke the connection is the better reason.
      return lost
    }
  }

  async function read(file: LogFile): Promise<FileEnding> {
    const { id, name, size, tz, dest } = file
    const query = new URLSearchParams({ id, name, tz, ...(dest === undefined ? {} : { dest }) })
    // Kept open: a server that is to close after its answer does so before it has read all bytes, and the answer may be lost. But used
    // once: if the server did not read all bytes, it would not read what follows either.
    const connection = new Agent({ keepAlive: true })
    const request = openRequest({
      socketPath,
      agent: connection,
      method: 'POST',
      path: `${apiPaths.uploads}?${query}`,
      headers: { 'Content-Type': 'application/octet-stream', ...(size === null ? {} : { 'Content-Length': size }) },
    })
    const stop = new AbortController()
    // An answer before the last byte is a refusal: the rest need not be sent.
    const answered = answerTo(request).finally(() => stop.abort())
    const settled = answered.then(
      (answer) => answer,
      (error: Error) => error,
    )
    const failure = await pipeline(() => bytesOf(file), request, { signal: stop.signal }).then(
      () => null,
      (error: unknown) => error,
    )
    if (failure instanceof Unreadable) {
      connection.destroy()
      return { state: 'failed', message: failure.message }
    }
    const answer = await settled
    connection.destroy()
    if (answer instanceof Error) return endingAfter(id, answer)
    if (answer.status === 201) return done(id, parseAnswer(receiptSchema, answer.body))
    return { state: 'failed', message: errorOf(answer) }
  }

  return { atOnce: 1, read, progress: receiptOf, close: async () => agent.destroy() }
}
