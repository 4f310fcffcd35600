/** Counts the bytes of an upload that were taken in and not yet reported: progress is by what was sent, not by what it unpacks to. */
export function openMeter() {
  let unreported = 0
  return {
    add: (bytes: number) => {
      unreported += bytes
    },
    /** Bytes since the last time. */
    take: (): number => {
      const taken = unreported
      unreported = 0
      return taken
    },
    isIdle: () => unreported === 0,
    /** Passes bytes on and counts them. */
    async *count(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        signal.throwIfAborted()
        unreported += chunk.length
        yield chunk
      }
    },
  }
}

export type Meter = ReturnType<typeof openMeter>
