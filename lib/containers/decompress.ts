import { Readable, type Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { type Budget, OverBudget } from './budget.ts'

const transforms: Record<'gzip' | 'zstd', () => Transform> = {
  gzip: () => createGunzip({ chunkSize: 64 * 1024 }),
  zstd: () => createZstdDecompress({ chunkSize: 64 * 1024 }),
}

/** Unpacks one packed stream as far as it holds; `onDamage` is told where it does not. @throws OverBudget. */
export async function* decompress(
  kind: 'gzip' | 'zstd',
  bytes: AsyncIterable<Uint8Array>,
  budget: Budget,
  onDamage: (message: string) => void,
): AsyncGenerator<Uint8Array> {
  let sourceFailure: Error | null = null
  async function* taken() {
    try {
      for await (const chunk of bytes) {
        budget.take(chunk.length)
        yield chunk
      }
    } catch (error) {
      sourceFailure = error as Error
      throw error
    }
  }
  const source = Readable.from(taken(), { objectMode: false })
  const transform = transforms[kind]()
  source.on('error', (error) => transform.destroy(error))
  source.pipe(transform)
  let produced = 0
  try {
    for await (const chunk of transform) {
      produced += chunk.length
      budget.produce(chunk.length)
      yield chunk
    }
  } catch (error) {
    if (sourceFailure !== null || error instanceof OverBudget) throw sourceFailure ?? error
    onDamage(`The ${kind} data cannot be unpacked past ${produced} bytes: ${(error as Error).message}`)
  } finally {
    source.destroy()
    transform.destroy()
  }
}
