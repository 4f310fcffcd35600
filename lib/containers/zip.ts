import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { type Budget, OverBudget } from './budget.ts'
import type { Entry } from './entry.ts'

/** Files of a ZIP may take up this many times its size together. More means that they overlap, as in a ZIP bomb. */
const mostOverlap = 2
/** Deflate packs no better than this. */
const densest = 1032

/**
 * The files of a ZIP, by its central directory: what is outside it does not count. The directory is at the end, so the
 * archive is first written to `folder`, under a name of our own. The complete directory is held against the budget before
 * the first file.
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
    await checkDirectory(path, budget)
    yield* withArchive(path, async function* (archive) {
      for await (const entry of archive.eachEntry()) {
        const name = nameOf(entry)
        if (name.endsWith('/')) continue
        budget.entry()
        let damage: string | null = null
        const content = readEntry(archive, entry, budget, (message) => {
          damage = message
        })
        yield { name, size: entry.uncompressedSize, bytes: content, damage: () => damage }
      }
    })
  } finally {
    await rm(path, { force: true })
  }
}

/** Reads the directory to its end. @throws OverBudget if what it announces is too much, or if its files overlap. */
async function checkDirectory(path: string, budget: Budget): Promise<void> {
  const { size } = await stat(path)
  budget.take(size)
  const sum = { entries: 0, bytes: 0, packed: 0 }
  const entries = withArchive(path, (archive) => archive.eachEntry())
  for await (const entry of entries) {
    budget.check()
    if (nameOf(entry).endsWith('/')) continue
    sum.entries += 1
    // A file that is said to go on past the end, or to be larger than it can be, is damaged. That costs this file alone.
    if (entry.relativeOffsetOfLocalHeader + entry.compressedSize <= size) {
      sum.packed += entry.compressedSize
      sum.bytes += Math.min(entry.uncompressedSize, entry.compressedSize * densest)
    }
    budget.expect(sum)
    if (sum.packed > mostOverlap * size)
      throw new OverBudget(
        `Its files overlap, as those of a ZIP bomb do: they take up ${sum.packed} of ${size} bytes. Nothing of the upload was kept.`,
      )
  }
}

/** What `read` returns of an archive, which is closed after it. */
async function* withArchive<Value>(
  path: string,
  read: (archive: yauzl.ZipFile) => AsyncIterable<Value>,
): AsyncGenerator<Value> {
  const archive = await yauzl.openPromise(path, { decodeStrings: false, autoClose: false, lazyEntries: true })
  try {
    yield* read(archive)
  } finally {
    archive.close()
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
    budget.check()
    if (error instanceof OverBudget) throw error
    onDamage(`The file cannot be unpacked past ${produced} bytes: ${(error as Error).message}`)
  }
}
