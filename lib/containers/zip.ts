import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { type Budget, OverBudget } from './budget.ts'
import type { Entry } from './entry.ts'

/**
 * The files of a ZIP, by its central directory: what stands outside it does not count. The directory is at the end, so
 * the archive is laid in `folder` first, under a name of our own.
 */
export async function* zipEntries(
  bytes: AsyncIterable<Uint8Array>,
  budget: Budget,
  folder: string,
): AsyncGenerator<Entry> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${randomUUID()}.zip`)
  try {
    await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(path))
    const archive = await yauzl.openPromise(path, { decodeStrings: false, autoClose: false, lazyEntries: true })
    try {
      for await (const entry of archive.eachEntry()) {
        const name = nameOf(entry)
        if (name.endsWith('/')) continue
        budget.entry()
        budget.take(entry.compressedSize)
        let damage: string | null = null
        const content = readEntry(archive, entry, budget, (message) => {
          damage = message
        })
        yield { name, size: entry.uncompressedSize, bytes: content, damage: () => damage }
      }
    } finally {
      archive.close()
    }
  } finally {
    await rm(path, { force: true })
  }
}

const nameOf = (entry: yauzl.Entry): string =>
  yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)

async function* readEntry(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry,
  budget: Budget,
  onDamage: (message: string) => void,
) {
  let produced = 0
  try {
    if (entry.isEncrypted()) throw new Error('it is encrypted')
    const stream = await archive.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      produced += chunk.length
      budget.produce(chunk.length)
      yield chunk
    }
  } catch (error) {
    if (error instanceof OverBudget) throw error
    onDamage(`The file cannot be unpacked past ${produced} bytes: ${(error as Error).message}`)
  }
}
