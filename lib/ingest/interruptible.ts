/** A stream that can be ended from outside, also while its source returns nothing. */
export function interruptible<Value>(source: AsyncIterable<Value>) {
  let interruption: { error: Error | null } | null = null
  let wake = (): void => {}
  return {
    /** Ends the stream: with an error, or as if its source had ended. The source is closed. */
    interrupt: (error: Error | null): void => {
      interruption ??= { error }
      wake()
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
      const iterator = source[Symbol.asyncIterator]()
      try {
        while (interruption === null) {
          const next = await new Promise<IteratorResult<Value> | null>((resolve, reject) => {
            wake = () => resolve(null)
            iterator.next().then(resolve, reject)
          })
          if (next?.done) return
          if (next !== null) yield next.value
        }
        const { error } = interruption as { error: Error | null }
        if (error !== null) throw error
      } finally {
        // A source that returns nothing does not answer this either: it is not waited for.
        iterator.return?.()?.then(undefined, () => {})
      }
    },
  }
}
