/** Reads a stream by numbers of bytes, whatever pieces they come in. */
export function openBytes(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array()

  /** The next bytes, `most` of them at most; none at the end. */
  async function some(most: number): Promise<Uint8Array> {
    while (held.length === 0) {
      const { value, done } = await iterator.next()
      if (done) return held
      held = value
    }
    const taken = held.subarray(0, most)
    held = held.subarray(taken.length)
    return taken
  }

  return {
    some,
    /** So many bytes, or all that are left. */
    take: async (count: number): Promise<Buffer> => {
      const pieces: Uint8Array[] = []
      for (let left = count; left > 0; ) {
        const piece = await some(left)
        if (piece.length === 0) break
        pieces.push(piece)
        left -= piece.length
      }
      return Buffer.concat(pieces)
    },
    close: async (): Promise<void> => void (await iterator.return?.()),
  }
}

/** The bytes in pieces of this size, so that what is done with a piece does not hang on how they arrived. */
export async function* evenPieces(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  const source = openBytes(bytes)
  try {
    for (let piece = await source.take(size); piece.length > 0; piece = await source.take(size)) yield piece
  } finally {
    await source.close()
  }
}
