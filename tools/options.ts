import { type ParseArgsConfig, parseArgs } from 'node:util'

/** What a command line asks for, or what is wrong with it. */
export type Parsed<Options> = { kind: 'run'; options: Options } | { kind: 'help' } | { kind: 'error'; message: string }

/** Runs what reads a command line: it returns null if help is asked for, and throws what is wrong. */
export function parsed<Options>(read: () => Options | null): Parsed<Options> {
  try {
    const options = read()
    return options === null ? { kind: 'help' } : { kind: 'run', options }
  } catch (error) {
    return { kind: 'error', message: (error as Error).message }
  }
}

/** Reads the flags of a command line. @throws if one is not known or has no value. */
export function readFlags<Flags extends NonNullable<ParseArgsConfig['options']>>(args: string[], flags: Flags) {
  try {
    return parseArgs({ args, options: flags, strict: true }).values
  } catch (error) {
    throw new Error(`${(error as Error).message}. --help lists the options`)
  }
}

/** Returns the minutes that a command runs for, and the seed of its choices: `now` if none is given. @throws if one makes no sense. */
export function timeAndSeed(values: { minutes: string; seed?: string | undefined }, now: number) {
  const minutes = /^(\d+\.?\d*|\.\d+)$/.test(values.minutes) ? Number(values.minutes) : Number.NaN
  if (!(minutes > 0 && minutes <= 1440))
    throw new Error(`--minutes is "${values.minutes}"; give a number above 0, 1440 at most`)
  const seed = /^\d{1,15}$/.test(values.seed ?? '0') ? Number(values.seed ?? now) : Number.NaN
  if (Number.isNaN(seed)) throw new Error(`--seed is "${values.seed}"; give a whole number`)
  return { minutes, seed }
}
