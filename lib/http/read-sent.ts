import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Upload } from '@tus/server'
import { type Actor, readActor, theLocalActor } from '#lib/access/actor.ts'
import { context } from '#lib/access/context.ts'
import type { Ending } from '#lib/ingest/endings.ts'
import { countAttempt, forgetAttempts, forgetIncoming, incomingFolder, isIncoming } from '#lib/ingest/incoming.ts'
import { hasCode } from '#lib/thread/error.ts'
import { uploadQuery } from './upload-query.ts'

/** A log is begun to be read so many times. After that it is what ends the server. */
const mostAttempts = 3
/** How often, in milliseconds, it is looked whether an upload can be read. */
const lookEvery = 200
const busyPause = 1000

/** Who sent a log in pieces. Those of versions that did not keep it were sent by the local actor: there was no other. */
export const senderOf = ({ metadata }: Pick<Upload, 'metadata'>): Actor =>
  readActor(metadata?.actor ?? '') ?? theLocalActor

/** What the sender says of the log, by the rules of an upload in one piece. @throws the answer that refuses it. */
export function readMetadata(metadata: Upload['metadata']) {
  const given = Object.entries(metadata ?? {}).filter(([name]) => name in uploadQuery.shape)
  const parsed = uploadQuery.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const body = parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`).join(' ')
  throw { status_code: 400, body }
}

/** The receipt of an upload; null if there is none. */
export const receiptOf = async (id: string) => (await context()).reads.upload(id)

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
    const path = join(incomingFolder(), id)
    const bytes = attempts > mostAttempts ? unreadable() : createReadStream(path, { highWaterMark: 256 * 1024 })
    try {
      const { writes } = await context()
      return await writes.upload({ ...readMetadata(sent.metadata), id, bytes: size }, bytes)
    } catch (error) {
      // It was opened in vain, and would keep its file.
      bytes.destroy()
      if (!hasCode(error, 'BUSY')) throw error
      await wait(busyPause)
    }
  }
}

/**
 * Reads a log whose bytes are all there, in the context of its sender, and removes them. If the server was stopped or died
 * in between, or its database failed, the next start does it again, under the same id; if events that it shared were removed
 * meanwhile, it is done again at once.
 */
export async function readSent(sent: Upload): Promise<void> {
  const { id } = sent
  const before = await endOf(id)
  if (before === 'failed') await (await context()).writes.removeUpload(id)
  if (before === 'done' || !(await isIncoming(id))) return forgetIncoming(id)
  const ending = await handOver(sent, await countAttempt(id)).catch(async (error) => {
    // It was not even begun: what failed says nothing of the log.
    const begun = await receiptOf(id).catch(() => null)
    if (begun === null) await forgetAttempts(id)
    throw error
  })
  const code = ending.state === 'failed' ? ending.code : undefined
  if (!isReadAgain(code)) return forgetIncoming(id)
  // A log that the database cannot store, however often, is given up like one that ends the server.
  if (code === 'PARKED' || code === 'OVERLAP_GONE') await forgetAttempts(id)
  if (code === 'OVERLAP_GONE') await readSent(sent)
}

/** Whether a log that ended with an error of this code is kept: what failed was not the log, but the server or its disk. */
const isReadAgain = (code = ''): boolean =>
  ['PARKED', 'OVERLAP_GONE', 'STORE_FILE_GONE', 'DAMAGED_DATABASE'].includes(code) ||
  (code.startsWith('SQLITE_') && code !== 'SQLITE_FULL')
