/** Bytes handed from one side to the other; the sending side waits while more than `limit` bytes are waiting. */
export function openByteQueue(limit: number) {
  const chunks: Uint8Array[] = []
  let held = 0
  let ended = false
  let failure: Error | null = null
  let wakeReader: () => void = () => {}
  let waiting: (() => void)[] = []

  const wakeWriters = () => {
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  const ready = async (): Promise<void> => {
    while (chunks.length === 0 && !ended && failure === null) {
      await new Promise<void>((resolve) => {
        wakeReader = resolve
      })
    }
  }
  return {
    /** Resolves when there is something to read, or the end or a failure to be found. */
    ready,
    /** Resolves when there is room for more. @throws what `fail` was given. */
    push: async (chunk: Uint8Array): Promise<void> => {
      if (failure !== null) throw failure
      chunks.push(chunk)
      held += chunk.length
      wakeReader()
      while (held > limit && failure === null) await new Promise<void>((resolve) => waiting.push(resolve))
      if (failure !== null) throw failure
    },
    end: () => {
      ended = true
      wakeReader()
    },
    /** Ends both sides with an error. */
    fail: (error: Error) => {
      failure ??= error
      chunks.length = 0
      held = 0
      wakeReader()
      wakeWriters()
    },
    /** The bytes as they come. When there are none, `pause` decides how they are waited for: it is given the wait for them. */
    async *read(pause = (bytes: Promise<void>): Promise<void> => bytes): AsyncGenerator<Uint8Array> {
      for (;;) {
        if (failure !== null) throw failure
        const chunk = chunks.shift()
        if (chunk !== undefined) {
          held -= chunk.length
          if (held <= limit) wakeWriters()
          yield chunk
        } else if (ended) return
        else await pause(ready())
      }
    },
  }
}
