import { type Parsed, parsed, readFlags, timeAndSeed } from '#tools/options.ts'

/** The kinds of faults, in the order in which they are tried. */
export const kindNames = ['kills', 'full-disk', 'stalled', 'many', 'second-server', 'damage'] as const
export type KindName = (typeof kindNames)[number]

export type FaultOptions = { only: readonly KindName[]; minutes: number; seed: number }

export const usage = `Injures the server in every way that is known and prints a table of what was tried and what survived.

  npm run faults -- [options]

  --minutes N    minutes for all kinds together, about (10): each case is tried once, then again until the time is over;
                 below 2, fewer cases and each of them smaller
  --only KINDS   some of ${kindNames.join(',')} (all)
  --seed N       whole number; the same seed makes the same choices (the clock)
  --help         this text

It starts servers from the build that is there, on data folders of their own in the system's temporary folder. The data
folder of a case that failed is kept. A full disk is tried on a tmpfs, which takes Linux and root.
Exit code: 0 everything survived, 1 something did not, 2 bad arguments.
`

const flags = {
  only: { type: 'string', default: kindNames.join(',') },
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Reads the arguments of the command line; `now` is the seed if none is given. */
export const parseOptions = (args: string[], now: number): Parsed<FaultOptions> =>
  parsed(() => {
    const values = readFlags(args, flags)
    if (values.help) return null
    const named = values.only.split(',')
    const unknown = named.find((name) => !kindNames.some((known) => known === name))
    if (unknown !== undefined) throw new Error(`--only names "${unknown}"; give some of ${kindNames.join(',')}`)
    return { only: kindNames.filter((name) => named.includes(name)), ...timeAndSeed(values, now) }
  })
