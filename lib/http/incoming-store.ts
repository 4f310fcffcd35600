import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { ERRORS, type Upload } from '@tus/server'
import { keptBytes } from '#lib/access/storage.ts'
import { expiresAfter, incomingFolder, incomingLogs, isUploadId } from '#lib/ingest/incoming.ts'
import { interruptible } from '#lib/ingest/interruptible.ts'
import { openPace, type Pace, paced, slowestOf, TooSlow } from '#lib/ingest/pace.ts'
import { syncFile, syncFolder } from '#lib/store/sync.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { hasCode } from '#lib/thread/error.ts'
import { boundedBody, TooLarge } from './body.ts'
import { freeForLogs, openRoom } from './incoming-room.ts'
import { settingOf, uploadLimits } from './upload-limits.ts'

/** Logs that may be begun or waiting at once, in all and of one client. */
const mostLogs = { total: 1000, client: 250 }
/** Requests that send a piece at the same time. */
const mostPieces = 64

/** What tus answers a request with that is refused. */
type Refusal = { status_code: number; body: string }

const refusal = (status_code: number, body: string): Refusal => ({ status_code, body })

/** Why a log of this size is not taken in; null if it is. */
async function refusalOf(size: number, client: string): Promise<Refusal | null> {
  const { bytes, clientBytes, totalBytes } = uploadLimits()
  if (size > bytes) return refusal(413, `The log has ${size} bytes: ${new TooLarge(bytes).message}.`)
  const logs = await incomingLogs()
  if (logs.length >= mostLogs.total)
    return refusal(503, `${mostLogs.total} logs are being sent already. Try again later.`)
  const ofClient = logs.filter((each) => each.client === client)
  if (ofClient.length >= mostLogs.client)
    return refusal(503, `You are sending ${mostLogs.client} logs already. Complete or undo one of them.`)
  const sumOf = (of: typeof logs) => of.reduce((sum, each) => sum + each.size, 0)
  const own = sumOf(ofClient) + size
  if (own > clientBytes) return overQuota(`Your logs that are being sent have`, own, 'clientBytes', clientBytes)
  const all = sumOf(logs) + size
  if (all > totalBytes) return overQuota('The logs that are being sent have', all, 'totalBytes', totalBytes)
  const promised = logs.reduce((sum, each) => sum + Math.max(each.size - each.offset, 0), 0)
  // What is kept of undone uploads goes when the bytes come that need its place, and not for the promise of them.
  const space = Math.max(freeForLogs() + (await keptBytes()) - promised, 0)
  if (size > space)
    return refusal(507, `The log has ${bytesText(size)}, and the server has space for ${bytesText(space)}.`)
  return null
}

const overQuota = (what: string, sum: number, limit: 'clientBytes' | 'totalBytes', most: number): Refusal =>
  refusal(
    507,
    `${what} ${bytesText(sum)} together, more than ${bytesText(most)} (${settingOf(limit)}). Try again later.`,
  )

/** A piece that is being sent. */
type Piece = { source: ReturnType<typeof interruptible<Uint8Array>>; pace: Pace }

/** The files of logs that are sent in pieces, within the limits of the settings. */
export class IncomingStore extends FileStore {
  #pieces = new Set<Piece>()
  /** Logs are taken in one after the other, so that each is counted before the next. */
  #last: Promise<unknown> = Promise.resolve()

  constructor() {
    super({ directory: incomingFolder(), expirationPeriodInMilliseconds: expiresAfter })
    // A log of unknown length cannot be checked against a quota.
    this.extensions = this.extensions.filter((name) => name !== 'creation-defer-length')
  }

  override create(upload: Upload): Promise<Upload> {
    const created = this.#last.then(async () => {
      const refused = await refusalOf(upload.size ?? 0, upload.metadata?.client ?? '')
      if (refused !== null) throw refused
      const made = await super.create(upload)
      // The pieces are synced as they come; the log is to be found after a power failure.
      syncFile(`${this.#pathOf(made.id)}.json`)
      syncFolder(incomingFolder())
      return made
    })
    this.#last = created.catch(() => {})
    return created
  }

  /** Stores a piece, and returns how many bytes of the log are there. They are synced to disk before it is answered. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    if (this.#pieces.size >= mostPieces) this.#endSlowest()
    if (this.#pieces.size >= mostPieces)
      throw refusal(503, `${mostPieces} pieces are being sent already. Try again later.`)
    const piece: Piece = { source: interruptible(bytes as AsyncIterable<Uint8Array>), pace: openPace() }
    this.#pieces.add(piece)
    let end = offset
    const room = openRoom()
    room.catch(() => {})
    async function* counted(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        await (await room)(chunk.length)
        end += chunk.length
        yield chunk
      }
    }
    try {
      const file = createWriteStream(this.#pathOf(id), { flags: 'r+', start: offset, flush: true })
      const body = boundedBody(paced(piece.source, piece.pace), uploadLimits())
      await pipeline(Readable.from(counted(body), { objectMode: false }), file)
      return end
    } catch (error) {
      throw refusalOfPiece(error as Error)
    } finally {
      this.#pieces.delete(piece)
    }
  }

  /** Ends the piece of the slowest sender, if one is too slow: another takes its place. What came of it stays. */
  #endSlowest(): void {
    const slowest = slowestOf(this.#pieces)
    if (slowest === undefined) return
    this.#pieces.delete(slowest)
    slowest.source.interrupt(new TooSlow())
  }

  #pathOf(id: string): string {
    if (!isUploadId(id)) throw ERRORS.FILE_NOT_FOUND
    return `${incomingFolder()}/${id}`
  }
}

function refusalOfPiece(error: Error): unknown {
  if (hasCode(error, 'STALLED')) return refusal(408, `The piece broke off: ${error.message}. Send the rest of it.`)
  if (hasCode(error, 'ENOSPC')) return refusal(507, 'The disk of the server is full. Send the rest later.')
  return error.name === 'AbortError' ? error : ERRORS.FILE_WRITE_ERROR
}
