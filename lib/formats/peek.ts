/** The beginning of a file, and the whole of it, from that beginning on. */
export type Peeked = { head: Buffer; bytes: AsyncGenerator<Uint8Array> }

/** Reads at least `count` bytes ahead, or all there are. Ending `bytes` early ends the source too. */
export async function peek(source: AsyncIterable<Uint8Array>, count: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let length = 0
  let ended = false
  while (length < count && !ended) {
    const { value, done } = await iterator.next()
    if (done) ended = true
    else {
      held.push(value)
      length += value.length
    }
  }
  const head = Buffer.concat(held)

  async function* replay(): AsyncGenerator<Uint8Array> {
    try {
      yield head
      while (!ended) {
        const { value, done } = await iterator.next()
        if (done) ended = true
        else yield value
      }
    } finally {
      if (!ended) await iterator.return?.()
    }
  }
  return { head, bytes: replay() }
}
