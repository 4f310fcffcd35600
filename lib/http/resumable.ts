import { createReadStream, mkdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server, type Upload } from '@tus/server'
import { upload as ingest } from '#lib/ingest/client.ts'
import { log } from '#lib/log/log.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'
import { dataFolder } from '#lib/store/settings.ts'
import { uploadQuery } from './upload-query.ts'

/** Where logs are sent in pieces by the tus protocol 1.0 (tus.io), so that a lost connection does not start them over. */
export const resumablePath = '/api/v1/resumable'

/** How long a log that was begun waits for its rest. */
const expiresAfter = 24 * 3_600_000

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the sender says of the log, by the rules of an upload in one piece. @throws the answer that refuses it. */
function readMetadata(metadata: Upload['metadata']) {
  const given = Object.entries(metadata ?? {}).filter(([name]) => name in uploadQuery.shape)
  const parsed = uploadQuery.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const body = parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`).join(' ')
  throw { status_code: 400, body }
}

async function removeOld(path: string): Promise<void> {
  const { mtimeMs } = await stat(path)
  if (Date.now() - mtimeMs > expiresAfter) await rm(path, { force: true })
}

/** The server of logs that are sent in pieces. A log that has come whole is read like any other, and its file let go. */
export function openResumable(): Server {
  const directory = join(dataFolder(), 'incoming')
  mkdirSync(directory, { recursive: true })
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: expiresAfter })

  async function read(sent: Upload): Promise<void> {
    const said = readMetadata(sent.metadata)
    const path = join(directory, sent.id)
    await ingest(
      { ...said, id: sent.id, bytes: sent.size ?? null },
      createReadStream(path, { highWaterMark: 256 * 1024 }),
    )
    await store.remove(sent.id).catch(async (error) => {
      log.warn('A resumable upload that was read could not be removed as a whole.', { upload: sent.id, error })
      await rm(path, { force: true })
    })
  }

  /** Reads what had come whole when the server last stopped, and lets go of archives that were being unpacked then. */
  async function readWaiting(): Promise<void> {
    for (const file of await readdir(directory)) {
      if (file.endsWith('.zip')) await removeOld(join(directory, file))
      if (!uuid.test(file)) continue
      const sent = await store.getUpload(file).catch((error) => {
        log.warn('A resumable upload could not be looked up. Its file stays.', { upload: file, error })
        return null
      })
      if (sent === null || sent.size === undefined || sent.offset < sent.size) continue
      if ((await selectUpload(await getStore(), file)) === null) await read(sent)
      else await store.remove(file)
    }
  }

  const server = new Server({
    path: resumablePath,
    datastore: store,
    relativeLocation: true,
    // Left to itself it tells every web page that it may read the answers.
    allowedOrigins: () => false,
    namingFunction: (_request, metadata) => readMetadata(metadata).id,
    onIncomingRequest: async (_request, id) => {
      if (id && !uuid.test(id)) throw { status_code: 404, body: 'There is no such upload.' }
    },
    onUploadCreate: async (_request, { metadata }) => {
      readMetadata(metadata)
      return {}
    },
    onUploadFinish: async (_request, sent) => {
      // The sender has done its part: how reading goes on is told by GET /api/v1/uploads/{id}.
      read(sent).catch((error) => log.error('A resumable upload could not be read.', { upload: sent.id, error }))
      return {}
    },
  })
  readWaiting().catch((error) => log.error('Resumable uploads of the last run could not be read.', { error }))
  server
    .cleanUpExpiredUploads()
    .catch((error) => log.warn('Resumable uploads that expired could not be removed.', { error }))
  return server
}
