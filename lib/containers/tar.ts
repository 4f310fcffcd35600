import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import type { Budget } from './budget.ts'
import type { Entry } from './entry.ts'

/** The files of a tar, one after the other: each must be read or left before the next comes. */
export async function* tarEntries(bytes: AsyncIterable<Uint8Array>, budget: Budget): AsyncGenerator<Entry> {
  const archive = extract()
  const source = Readable.from(bytes, { objectMode: false })
  source.on('error', (error) => archive.destroy(error))
  source.pipe(archive)
  try {
    for await (const entry of archive) {
      const { name, type, size } = entry.header
      if (type === 'file' || type === 'contiguous-file') {
        budget.entry()
        yield { name, size: size ?? null, bytes: entry as AsyncIterable<Uint8Array>, damage: () => null }
      }
      entry.resume()
    }
  } finally {
    source.destroy()
    archive.destroy()
  }
}
