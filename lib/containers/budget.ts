/** What unpacking may cost, for one upload and all that is packed in it. Each is a setting of the environment. */
export type Limits = { entries: number; bytes: number; ratio: number; seconds: number }

const settings = {
  entries: { name: 'UNPACK_MAX_ENTRIES', value: 20_000 },
  bytes: { name: 'UNPACK_MAX_BYTES', value: 64 * 1024 ** 3 },
  ratio: { name: 'UNPACK_MAX_RATIO', value: 500 },
  seconds: { name: 'UNPACK_MAX_SECONDS', value: 3600 },
} as const

/** Below this many bytes the ratio says nothing: an empty log packs very well. */
const ratioFrom = 256 * 1024 ** 2

/** The limits as set. @throws where a setting is no number above 0. */
export function limitsOf(environment: Record<string, string | undefined> = process.env): Limits {
  const entries = Object.entries(settings).map(([limit, { name, value }]) => {
    const number = environment[name] ? Number(environment[name]) : value
    if (!(number > 0))
      throw new Error(`${name} is ${JSON.stringify(environment[name])}. Give a number above 0, such as ${value}.`)
    return [limit, number]
  })
  return Object.fromEntries(entries) as Limits
}

/** Unpacking went past a limit: the message names it, and the setting that moves it. */
export class OverBudget extends Error {
  override name = 'OverBudget'
}

/** Counts what unpacking has cost so far. @throws OverBudget from each of its functions. */
export type Budget = ReturnType<typeof openBudget>

export function openBudget(limits: Limits = limitsOf()) {
  const started = Date.now()
  let entries = 0
  let packed = 0
  let produced = 0

  function over(limit: keyof Limits, what: string): never {
    throw new OverBudget(
      `${what}, more than ${limits[limit]} (${settings[limit].name}). Nothing of the upload was kept.`,
    )
  }
  return {
    entry: () => {
      entries += 1
      if (entries > limits.entries) over('entries', `It holds ${entries} files or more`)
    },
    /** Packed bytes that were taken in. */
    take: (bytes: number) => {
      packed += bytes
    },
    /** Bytes that came out of them. */
    produce: (bytes: number) => {
      produced += bytes
      if (produced > limits.bytes) over('bytes', `It unpacks to ${produced} bytes or more`)
      const ratio = Math.floor(produced / Math.max(packed, 1))
      if (produced > ratioFrom && ratio > limits.ratio) over('ratio', `It unpacks to ${ratio} times its size`)
      const seconds = Math.floor((Date.now() - started) / 1000)
      if (seconds > limits.seconds) over('seconds', `Unpacking it has taken ${seconds} seconds`)
    },
  }
}
