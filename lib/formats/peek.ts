import { setTimeout } from 'node:timers/promises'

/** The beginning of a file, and all of it, from that beginning on. */
export type Peeked = { head: Buffer; bytes: AsyncGenerator<Uint8Array> }

/** Milliseconds to wait for more of a file that has begun: a slow feed must not wait until its head is full. */
const patience = 300

/** Reads at least `count` bytes ahead, or all there are, or what has come when the source pauses. Ending `bytes` early ends the source too. */
export async function peek(source: AsyncIterable<Uint8Array>, count: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let length = 0
  let ended = false
  let coming: Promise<IteratorResult<Uint8Array>> | null = null
  while (length < count && !ended) {
    coming ??= iterator.next()
    // Harmless: whoever reads on awaits the same promise and gets the failure.
    coming.catch(() => {})
    const next = length === 0 ? await coming : await Promise.race([coming, pause(patience)])
    if (next === null) break
    coming = null
    if (next.done) ended = true
    else {
      held.push(next.value)
      length += next.value.length
    }
  }
  const head = Buffer.concat(held)

  async function* replay(): AsyncGenerator<Uint8Array> {
    try {
      yield head
      while (!ended) {
        const { value, done } = await (coming ?? iterator.next())
        coming = null
        if (done) ended = true
        else yield value
      }
    } finally {
      if (!ended) await iterator.return?.()
    }
  }
  return { head, bytes: replay() }
}

async function pause(ms: number): Promise<null> {
  await setTimeout(ms, undefined, { ref: false })
  return null
}
