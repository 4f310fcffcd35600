import { readNumbers } from '#lib/process/number-settings.ts'

/** What unpacking may cost, for one upload and all that is packed in it. Each is a setting of the environment. */
export type Limits = { entries: number; bytes: number; ratio: number; seconds: number }

const settings = {
  entries: { name: 'UNPACK_MAX_ENTRIES', value: 20_000 },
  bytes: { name: 'UNPACK_MAX_BYTES', value: 64 * 1024 ** 3 },
  ratio: { name: 'UNPACK_MAX_RATIO', value: 500 },
  seconds: { name: 'UNPACK_MAX_SECONDS', value: 900 },
} as const

/** Below this many bytes the ratio says nothing: an empty log packs very well. */
const ratioFrom = 256 * 1024 ** 2

/** The limits as set. @throws if a setting is not a number above 0. */
export const limitsOf = (environment: Record<string, string | undefined> = process.env): Limits =>
  readNumbers(settings, environment)

/** Unpacking went past a limit: the message names it, and the setting that moves it. */
export class OverBudget extends Error {
  override name = 'OverBudget'
  code = 'OVER_BUDGET'
}

/** Counts what unpacking has cost so far. @throws OverBudget or the signal's reason from each of its functions. */
export type Budget = ReturnType<typeof openBudget>

/** Opens the budget of one upload. `clock` returns the milliseconds that reading it has taken so far. */
export function openBudget(limits: Limits = limitsOf(), clock = wallClock(), signal?: AbortSignal) {
  let entries = 0
  let packed = 0
  let produced = 0

  function over(limit: keyof Limits, what: string): never {
    throw new OverBudget(
      `${what}, more than ${limits[limit]} (${settings[limit].name}). Nothing of the upload was kept.`,
    )
  }
  function holdEntries(count: number): void {
    if (count > limits.entries) over('entries', `It contains ${count} files or more`)
  }
  function holdBytes(bytes: number): void {
    if (bytes > limits.bytes) over('bytes', `It unpacks to ${bytes} bytes or more`)
    const ratio = Math.floor(bytes / Math.max(packed, 1))
    if (bytes > ratioFrom && ratio > limits.ratio) over('ratio', `It unpacks to ${ratio} times its size`)
  }
  function check(): void {
    signal?.throwIfAborted()
    const seconds = Math.floor(clock() / 1000)
    if (seconds > limits.seconds) over('seconds', `Unpacking it has taken ${seconds} seconds`)
  }
  return {
    check,
    entry: () => {
      entries += 1
      holdEntries(entries)
      check()
    },
    /** What the directory of an archive announces, before any of it is unpacked. */
    expect: (announced: { entries: number; bytes: number }) => {
      holdEntries(entries + announced.entries)
      holdBytes(produced + announced.bytes)
    },
    /** Packed bytes that were taken in. */
    take: (bytes: number) => {
      packed += bytes
    },
    /** Bytes that came out of them. */
    produce: (bytes: number) => {
      produced += bytes
      holdBytes(produced)
      check()
    },
  }
}

function wallClock(): () => number {
  const started = performance.now()
  return () => performance.now() - started
}
