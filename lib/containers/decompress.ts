import type { Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Budget } from './budget.ts'
import { evenPieces } from './byte-source.ts'

const transforms: Record<'gzip' | 'zstd', () => Transform> = {
  gzip: () => createGunzip({ chunkSize: 64 * 1024 }),
  zstd: () => createZstdDecompress({ chunkSize: 64 * 1024 }),
}

/**
 * Packed bytes that are unpacked at a time. If the data is damaged, what came of this piece is lost with it: so that it is
 * little, and the same however the bytes arrived.
 */
const pieceSize = 4096

/** Unpacks one packed stream as far as it is intact; `onDamage` is called if it is not. @throws OverBudget, or what `bytes` throws. */
export async function* decompress(
  kind: 'gzip' | 'zstd',
  bytes: AsyncIterable<Uint8Array>,
  budget: Budget,
  onDamage: (message: string) => void,
): AsyncGenerator<Uint8Array> {
  const transform = transforms[kind]()
  let ready: Uint8Array[] = []
  let failure: Error | null = null
  let produced = 0
  let hasEnded = false
  let wake = (): void => {}
  transform.on('data', (chunk: Uint8Array) => void ready.push(chunk))
  transform.on('error', (error) => {
    failure ??= error
    wake()
  })
  transform.on('end', () => {
    hasEnded = true
    wake()
  })

  const push = (piece: Uint8Array | null): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve
      if (hasEnded) resolve()
      else if (piece === null) transform.end()
      else transform.write(piece, () => resolve())
    })
  function* taken(): Generator<Uint8Array> {
    const chunks = ready
    ready = []
    for (const chunk of chunks) {
      produced += chunk.length
      budget.produce(chunk.length)
      yield chunk
    }
  }

  try {
    for await (const piece of evenPieces(bytes, pieceSize)) {
      budget.take(piece.length)
      await push(piece)
      yield* taken()
      if (failure !== null) break
    }
    if (failure === null) await push(null)
    yield* taken()
  } finally {
    transform.destroy()
  }
  if (failure !== null)
    onDamage(`The ${kind} data cannot be unpacked past ${produced} bytes: ${(failure as Error).message}`)
}
