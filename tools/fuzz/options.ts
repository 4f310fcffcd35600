import { parseArgs } from 'node:util'
import { type Subject, subjects } from './subjects.ts'

export type FuzzOptions = { subjects: Subject[]; minutes: number; seed: number; withCorpus: boolean }

/** What the command line asks for, or what is wrong with it. */
export type Parsed = { kind: 'run'; options: FuzzOptions } | { kind: 'help' } | { kind: 'error'; message: string }

export const usage = `Damages logs at random and holds what reading them promises: no crash, no hang, bounded memory, records that add up,
a place and a reason for each reject, and the same outcomes however the bytes arrive.

  npm run fuzz -- [options]

  --format NAME    a format, a container, or all (all)
  --minutes N      minutes for each of them (1)
  --seed N         whole number of the first mutant; the same seed makes the same mutant (the clock)
  --no-corpus      leave out the real logs in ../shared/corpus, which are used where they are there
  --help           this text

Formats and containers: ${subjects.join(', ')}.

A mutant that breaks a promise is made small and kept in tools/fuzz/seeds, where npm test reads it again; one with bytes
of real logs in it is kept in the system's temporary folder. Exit code: 0 none found, 1 found, 2 bad arguments.
`

const flags = {
  format: { type: 'string', default: 'all' },
  minutes: { type: 'string', default: '1' },
  seed: { type: 'string' },
  'no-corpus': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Reads the arguments of the command line; `now` is the seed where none is given. */
export function parseOptions(args: string[], now: number): Parsed {
  let values: ReturnType<typeof read>
  try {
    values = read(args)
  } catch (error) {
    return { kind: 'error', message: `${(error as Error).message}. --help lists the options` }
  }
  if (values.help) return { kind: 'help' }
  const { format } = values
  const chosen = subjects.filter((subject) => format === 'all' || format === subject)
  if (chosen.length === 0)
    return { kind: 'error', message: `--format is "${format}"; give all or one of ${subjects.join(', ')}` }
  const minutes = /^(\d+\.?\d*|\.\d+)$/.test(values.minutes) ? Number(values.minutes) : Number.NaN
  if (!(minutes > 0 && minutes <= 1440))
    return { kind: 'error', message: `--minutes is "${values.minutes}"; give a number above 0, 1440 at most` }
  const seed = /^\d{1,15}$/.test(values.seed ?? '0') ? Number(values.seed ?? now) : Number.NaN
  if (Number.isNaN(seed)) return { kind: 'error', message: `--seed is "${values.seed}"; give a whole number` }
  return { kind: 'run', options: { subjects: chosen, minutes, seed, withCorpus: !values['no-corpus'] } }
}

const read = (args: string[]) => parseArgs({ args, options: flags, strict: true }).values
