/** A sender is slow that sends fewer bytes a second than this. */
const leastRate = 1024
/** So long, in milliseconds, a sender must have been waited for before it can be called slow. */
const span = 10_000

export type Pace = ReturnType<typeof openPace>

/**
 * Measures how fast the bytes of one sender come. Only the time counts in which nothing of them is there to be read, and the
 * longer ago something was, the less it counts.
 */
export function openPace(now: () => number = () => performance.now()) {
  let bytes = 0
  let waited = 0
  let since: number | null = null
  const total = (): number => waited + (since === null ? 0 : now() - since)

  return {
    /** Bytes have come. */
    add: (count: number): void => {
      bytes += count
    },
    /** Waits for bytes of the sender. */
    wait: async <Result>(coming: Promise<Result>): Promise<Result> => {
      since = now()
      try {
        return await coming
      } finally {
        waited = total()
        since = null
        if (waited > 2 * span) {
          waited /= 2
          bytes /= 2
        }
      }
    },
    /** Bytes a second if the sender is slow and is being waited for; else null. */
    slowRate: (): number | null => {
      const rate = (bytes / total()) * 1000
      return since !== null && total() >= span && rate < leastRate ? rate : null
    },
  }
}

/** The slowest of those whose senders are slow; undefined if there is none. */
export function slowestOf<Each extends { pace: Pace }>(all: Iterable<Each>): Each | undefined {
  let slowest: { each: Each; rate: number } | undefined
  for (const each of all) {
    const rate = each.pace.slowRate()
    if (rate !== null && rate < (slowest?.rate ?? leastRate)) slowest = { each, rate }
  }
  return slowest?.each
}

/** The sender of a body was slow, and others needed its place. */
export class TooSlow extends Error {
  override name = 'TooSlow'
  code = 'STALLED'
  constructor() {
    super(`fewer than ${leastRate} bytes a second came while others waited to send`)
  }
}

/** The bytes of a sender, as they come. */
export async function* paced(bytes: AsyncIterable<Uint8Array>, pace: Pace): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pace.wait(iterator.next())
      if (next.done) return
      pace.add(next.value.length)
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
