import { createReadStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { Server, type Upload } from '@tus/server'
import { serverContext } from '#lib/access/context.ts'
import { deskRecovered } from '#lib/access/uploads.ts'
import { hourLength } from '#lib/asr/hours.ts'
import type { Ending } from '#lib/ingest/desk.ts'
import {
  completeLogs,
  countAttempt,
  forgetAttempts,
  forgetIncoming,
  incomingFolder,
  isIncoming,
  isUploadId,
  sweepIncoming,
} from '#lib/ingest/incoming.ts'
import { log } from '#lib/log/log.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { asServer } from '#lib/store/asking.ts'
import { hasCode } from '#lib/thread/error.ts'
import { retryUntilDone } from '#lib/thread/retry.ts'
import { IncomingStore } from './incoming-store.ts'
import { uploadQuery } from './upload-query.ts'

/** A log is begun to be read so many times. After that it is what ends the server. */
const mostAttempts = 3
const sweepEvery = hourLength
/** How often, in milliseconds, it is looked whether an upload can be read. */
const lookEvery = 200
const busyPause = 1000
/** Logs of the last run that are handed over at once: a few that cannot be read keep no other waiting. */
const waitingAtOnce = 8

/** What the sender says of the log, by the rules of an upload in one piece. @throws the answer that refuses it. */
function readMetadata(metadata: Upload['metadata']) {
  const given = Object.entries(metadata ?? {}).filter(([name]) => name in uploadQuery.shape)
  const parsed = uploadQuery.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const body = parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`).join(' ')
  throw { status_code: 400, body }
}

const receiptOf = async (id: string) => (await serverContext()).reads.upload(id)

/** How an upload of this id ended; null if there is none. One that is read or removed is waited for. */
async function endOf(id: string): Promise<'done' | 'failed' | null> {
  for (;;) {
    const state = (await receiptOf(id))?.state
    if (state === undefined) return null
    if (state === 'done' || state === 'failed') return state
    await wait(lookEvery)
  }
}

/** A stream that fails in the place of a log that ended the server again and again. */
const unreadable = (): Readable =>
  new Readable({
    read() {
      this.destroy(new Error(`the server ended ${mostAttempts} times while it was being read`))
    },
  })

/** Hands a log over when the desk takes it in. @throws Stopping when the server is being stopped. */
async function handOver(sent: Upload, attempts: number): Promise<Ending> {
  const { id, size = null } = sent
  for (;;) {
    try {
      const path = join(incomingFolder(), id)
      const bytes = attempts > mostAttempts ? unreadable() : createReadStream(path, { highWaterMark: 256 * 1024 })
      const { writes } = await serverContext()
      return await writes.upload({ ...readMetadata(sent.metadata), id, bytes: size }, bytes)
    } catch (error) {
      if (!hasCode(error, 'BUSY')) throw error
      await wait(busyPause)
    }
  }
}

/**
 * Reads a log whose bytes are all there, and removes them. If the server was stopped or died in between, or its database
 * failed, the next start does it again, under the same id; if another upload took events of it along, it is done again at once.
 */
async function readLog(sent: Upload): Promise<void> {
  const { id } = sent
  const before = await endOf(id)
  if (before === 'failed') await (await serverContext()).writes.removeUpload(id)
  if (before === 'done' || !(await isIncoming(id))) return forgetIncoming(id)
  const ending = await handOver(sent, await countAttempt(id)).catch(async (error) => {
    // It was not even begun: what failed says nothing of the log.
    const begun = await receiptOf(id).catch(() => null)
    if (begun === null) await forgetAttempts(id)
    throw error
  })
  const code = ending.state === 'failed' ? ending.code : undefined
  if (!isReadAgain(code)) return forgetIncoming(id)
  await forgetAttempts(id)
  if (code === 'OVERLAP_GONE') await readLog(sent)
}

/** Whether a log that ended with an error of this code is kept: what failed was not the log, but the server or its disk. */
const isReadAgain = (code = ''): boolean =>
  ['PARKED', 'OVERLAP_GONE', 'STORE_FILE_GONE', 'DAMAGED_DATABASE'].includes(code) ||
  (code.startsWith('SQLITE_') && code !== 'SQLITE_FULL')

/** The server of logs that are sent in pieces. A log that has come to its end is read like any other, and its file removed. */
export function openResumable(): Server {
  const started = Date.now()
  mkdirSync(incomingFolder(), { recursive: true })
  const store = new IncomingStore()
  const reading = new Map<string, Promise<void>>()

  function read(sent: Upload): Promise<void> {
    const { id } = sent
    const work = async () => {
      // What stops the server is not a reason to try again: the next start does.
      await readLog(sent).catch((error) => {
        if (!hasCode(error, 'STOPPING')) throw error
      })
    }
    // The sender may leave with its last byte.
    const read =
      reading.get(id) ?? asServer('pages', () => retryUntilDone('Reading a log that was sent in pieces', work))
    reading.set(id, read)
    return read.finally(() => reading.delete(id))
  }

  /** Reads what had come to its end when the server last stopped. */
  async function readWaiting(): Promise<void> {
    await deskRecovered()
    const left = await completeLogs()
    const readNext = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        // One that is undone meanwhile is not there any more.
        const sent = await store
          .getUpload(id)
          .catch((error) => log.debug('A log that was sent is gone.', { id, error }))
        if (sent) await read(sent)
      }
    }
    await Promise.all(Array.from({ length: waitingAtOnce }, readNext))
  }

  readWaiting().catch((error) => log.error('Logs that were sent before the last stop could not be read.', { error }))
  const sweep = () =>
    sweepIncoming(started).catch((error) => log.warn('Logs that expired could not be removed.', { error }))
  void sweep()
  setInterval(sweep, sweepEvery).unref()

  return new Server({
    path: apiPaths.resumable,
    datastore: store,
    relativeLocation: true,
    // Left to itself it tells every web page that it may read the answers.
    allowedOrigins: () => false,
    namingFunction: (_request, metadata) => readMetadata(metadata).id,
    onIncomingRequest: async (_request, id) => {
      if (id && !isUploadId(id)) throw { status_code: 404, body: 'There is no such upload.' }
    },
    onUploadCreate: async (request, { id, metadata = {} }) => {
      readMetadata(metadata)
      if ((await isIncoming(id)) || (await receiptOf(id)) !== null)
        throw { status_code: 409, body: `There is an upload ${id} already. Leave id out, or choose another.` }
      return { metadata: { ...metadata, client: request.ip ?? '' } }
    },
    onUploadFinish: async (_request, sent) => {
      // The sender has done its part: GET /api/v1/uploads/{id} says how reading goes on.
      void read(sent)
      return {}
    },
  })
}
