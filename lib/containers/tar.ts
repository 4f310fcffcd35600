import type { Budget } from './budget.ts'
import { openBytes } from './byte-source.ts'
import type { Entry } from './entry.ts'
import { blockSize, readExtended, readHeader, type TarHeader, textOf } from './tar-header.ts'

/** Names and extended headers are short; what says it is longer is damaged. */
const longestExtension = 1 << 20

const padding = (size: number): number => (blockSize - (size % blockSize)) % blockSize
const isZero = (block: Buffer): boolean => block.every((byte) => byte === 0)

/**
 * The files of a tar, one after the other: each must be read or left before the next comes. If a header is damaged,
 * the next that is sound goes on; `onDamage` is called at the end with what was lost.
 */
export async function* tarEntries(
  bytes: AsyncIterable<Uint8Array>,
  budget: Budget,
  onDamage: (message: string) => void = () => {},
): AsyncGenerator<Entry> {
  const source = openBytes(bytes)
  let extended: Partial<TarHeader> = {}
  let lost = 0
  let cutOff = false
  try {
    for (;;) {
      budget.check()
      const block = await source.take(blockSize)
      if (block.length === 0) break
      const header = readHeader(block)
      if (header === null) {
        if (!isZero(block)) lost += block.length
        continue
      }
      const { name, size, type } = { ...header, ...extended }
      extended = {}
      if ('LKxg'.includes(type)) {
        const body = await source.take(Math.min(size, longestExtension))
        if (type === 'L') extended = { name: textOf(body) }
        if (type === 'x') extended = readExtended(body)
        await source.take(size <= longestExtension ? padding(size) : 0)
        continue
      }
      const body = openBody(size)
      if (type === '0' || type === '7') {
        budget.entry()
        yield { name, size, bytes: body.read(), damage: () => (body.missing() === 0 ? null : missing(body.missing())) }
      }
      for await (const _ of body.read());
      cutOff ||= body.missing() > 0
      await source.take(padding(size))
    }
  } finally {
    await source.close()
  }
  if (cutOff) onDamage('The tar is cut off within its last file.')
  else if (lost > 0) onDamage(`The tar is damaged: ${lost} bytes of it belong to no file.`)

  /** The bytes of one file; what is read of them is gone. */
  function openBody(size: number) {
    let left = size
    let isCut = false
    return {
      /** Bytes that the tar ends before: what has only not been read yet is not missing. */
      missing: () => (isCut ? left : 0),
      async *read(): AsyncGenerator<Uint8Array> {
        while (left > 0) {
          const piece = await source.some(left)
          if (piece.length === 0) {
            isCut = true
            return
          }
          left -= piece.length
          yield piece
        }
      },
    }
  }
}

const missing = (bytes: number): string => `The tar is cut off ${bytes} bytes before the end of this file`
