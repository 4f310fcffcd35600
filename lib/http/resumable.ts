import { mkdirSync } from 'node:fs'
import { Server, type Upload } from '@tus/server'
import { isSameSender } from '#lib/access/actor.ts'
import { asRequest, context } from '#lib/access/context.ts'
import { queueRecovered } from '#lib/access/uploads.ts'
import { hourLength } from '#lib/asr/hours.ts'
import { completeLogs, incomingFolder, isIncoming, isUploadId, sweepIncoming } from '#lib/ingest/incoming.ts'
import { log } from '#lib/log/log.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { asServer } from '#lib/store/asking.ts'
import { hasCode } from '#lib/thread/error.ts'
import { retryUntilDone } from '#lib/thread/retry.ts'
import { IncomingStore } from './incoming-store.ts'
import { readMetadata, readSent, receiptOf, senderOf } from './read-sent.ts'

const sweepEvery = hourLength
/** Logs of the last run that are handed over at once: a few that cannot be read keep no other waiting. */
const waitingAtOnce = 8

/** The server of logs that are sent in pieces. A log that has come to its end is read like any other, and its file removed. */
export function openResumable(): Server {
  const started = Date.now()
  mkdirSync(incomingFolder(), { recursive: true })
  const store = new IncomingStore()
  const reading = new Map<string, Promise<void>>()

  /** Whether who asks sent the first piece of a log, or may administer the server. Of a log that is not there, tus says so. */
  async function mayGoOn(id: string): Promise<boolean> {
    const { actor, may } = await context()
    if (may('administer') || !(await isIncoming(id))) return true
    return isSameSender(senderOf(await store.getUpload(id)), actor)
  }

  function read(sent: Upload): Promise<void> {
    const { id } = sent
    const work = async () => {
      // What stops the server is not a reason to try again: the next start does.
      await readSent(sent).catch((error) => {
        if (!hasCode(error, 'STOPPING')) throw error
      })
    }
    const untilDone = () => retryUntilDone('Reading a log that was sent in pieces', work)
    // The sender may leave with its last byte; the upload is still that of the sender.
    const read =
      reading.get(id) ??
      asServer('pages', () => asRequest(senderOf(sent), untilDone, { address: sent.metadata?.client || null }))
    reading.set(id, read)
    return read.finally(() => reading.delete(id))
  }

  /** Reads what had come to its end when the server last stopped. */
  async function readWaiting(): Promise<void> {
    await queueRecovered()
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
    // Its default lets every web page read the answers.
    allowedOrigins: () => false,
    namingFunction: (_request, metadata) => readMetadata(metadata).id,
    onIncomingRequest: async (_request, id) => {
      if (id && !(isUploadId(id) && (await mayGoOn(id)))) throw { status_code: 404, body: 'There is no such upload.' }
    },
    onUploadCreate: async (_request, { id, metadata = {} }) => {
      readMetadata(metadata)
      if ((await isIncoming(id)) || (await receiptOf(id)) !== null)
        throw { status_code: 409, body: `There is an upload ${id} already. Leave id out, or choose another.` }
      const { actor, address } = await context()
      // Whatever the sender says of them. They are kept with the log, for when it is read, also after a restart.
      return { metadata: { ...metadata, client: address ?? '', actor: JSON.stringify(actor) } }
    },
    onUploadFinish: async (_request, sent) => {
      // The sender has done its part: GET /api/v1/uploads/{id} says how reading goes on.
      void read(sent)
      return {}
    },
  })
}
