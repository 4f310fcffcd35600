import { type Parsed, parsed, readFlags, timeAndSeed } from '#tools/options.ts'
import { type Subject, subjects } from './subjects.ts'

export type FuzzOptions = { subjects: Subject[]; minutes: number; seed: number; withCorpus: boolean }

export const usage = `Damages logs at random and checks what reading them promises: no crash, no hang, bounded memory, records that add up,
a place and a reason for each reject, and the same outcomes however the bytes arrive.

  npm run fuzz -- [options]

  --format NAME    a format, a container, or all (all)
  --minutes N      minutes for each of them (1)
  --seed N         whole number of the first mutant; the same seed makes the same mutant (the clock)
  --no-corpus      leave out the real logs in ../shared/corpus, which are used if they are there
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

/** Reads the arguments of the command line; `now` is the seed if none is given. */
export const parseOptions = (args: string[], now: number): Parsed<FuzzOptions> =>
  parsed(() => {
    const values = readFlags(args, flags)
    if (values.help) return null
    const { format } = values
    const chosen = subjects.filter((subject) => format === 'all' || format === subject)
    if (chosen.length === 0) throw new Error(`--format is "${format}"; give all or one of ${subjects.join(', ')}`)
    return { subjects: chosen, ...timeAndSeed(values, now), withCorpus: !values['no-corpus'] }
  })
