import { parseArgs } from 'node:util'

/** The parts that run if no part is named. `scale` takes hours and `stacks` half an hour, so they run only if they are named. */
const defaultParts = ['ingest', 'formats', 'pages', 'screens', 'memory', 'evtx', 'sync'] as const
export const parts = [...defaultParts, 'stacks', 'scale'] as const
export type Part = (typeof parts)[number]

/** How `scale` reads its log: by time from one file, or host by host from some files or from one tar archive of all. */
export const orders = ['time', 'files', 'tar'] as const
export type Order = (typeof orders)[number]

export type Options = {
  only: readonly Part[]
  /** Events of the files of `ingest`. */
  events: number
  /** Events and dests of the store of `pages`. */
  stored: number
  dests: number
  /** Times each page is asked for, in each of the two situations. */
  rounds: number
  runs: number
  /** Megabytes of the uploads of `memory`, and of the set of `evtx`. */
  uploads: readonly number[]
  evtx: number
  /** Events and hosts of the log of `scale`, and percent of its events without EventRecordID. */
  scaleEvents: number
  hosts: number
  withoutId: number
  orders: readonly Order[]
  /** Hosts whose files are read one by one. */
  hostFiles: number
  /** The commit that `scale` compares with, and the git repository that has it; null: the one of this checkout. */
  baseline: string
  baselineRepo: string | null
  /** Folder of the files; null: a temporary one that is removed. */
  folder: string | null
  build: boolean
}

export const usage = `Measures reading, pages, their first load and memory, each next to a baseline from the same run.

  npm run bench -- [options]

  --only PARTS     some of ${parts.join(',')} (all but stacks and scale)
  --events N       events in each file of ingest, a fortieth of them of formats (200000); events of scale (5000000)
  --stored N       events in the store that pages are asked from, and of the smaller one of stacks; the other has five times as many (1000000)
  --dests N        hosts in it (5000)
  --rounds N       times each page is asked for, alone and during an upload (25)
  --runs N         runs that a median is taken of (3)
  --uploads LIST   megabytes of the uploads of memory (1500,150)
  --evtx N         megabytes of the EVTX set (500)
  --hosts N        hosts of scale (10000)
  --without-id P   percent of the events of scale without EventRecordID (10)
  --orders LIST    how scale reads its log: some of ${orders.join(',')} (all)
  --host-files N   hosts whose files scale reads one by one (1000)
  --baseline COMMIT       the commit that scale compares with (abcfeda)
  --baseline-repo PATH    the git repository that has it (the one of this checkout)
  --folder DIR     keep the generated files and stores there, and use what is there already (a temporary folder)
  --no-build       ask the pages and screens of the build that is there
  --help           this text

With every default it takes about half an hour on two cores, and 8 GB of disk; scale about two hours and 15 GB.
`

const flags = {
  only: { type: 'string', default: defaultParts.join(',') },
  events: { type: 'string' },
  stored: { type: 'string', default: '1000000' },
  dests: { type: 'string', default: '5000' },
  rounds: { type: 'string', default: '25' },
  runs: { type: 'string', default: '3' },
  uploads: { type: 'string', default: '1500,150' },
  evtx: { type: 'string', default: '500' },
  hosts: { type: 'string', default: '10000' },
  'without-id': { type: 'string', default: '10' },
  orders: { type: 'string', default: orders.join(',') },
  'host-files': { type: 'string', default: '1000' },
  baseline: { type: 'string', default: 'abcfeda' },
  'baseline-repo': { type: 'string' },
  folder: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

function wholeNumber(name: string, text: string, least = 1): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (value >= least) return value
  throw new Error(`--${name} is ${JSON.stringify(text)}; give a whole number from ${least}`)
}

function someOf<Name extends string>(option: string, text: string, known: readonly Name[]): Name[] {
  return text.split(',').map((name) => {
    const found = known.find((each) => each === name)
    if (found !== undefined) return found
    throw new Error(`--${option} names ${JSON.stringify(name)}; give some of ${known.join(',')}`)
  })
}

/** Reads the command line; null if it asks for help. @throws if it makes no sense, and says what would. */
export function parseOptions(args: string[]): Options | null {
  const { values } = parseArgs({ args, options: flags })
  if (values.help) return null
  return {
    only: someOf('only', values.only, parts),
    events: wholeNumber('events', values.events ?? '200000'),
    stored: wholeNumber('stored', values.stored),
    dests: wholeNumber('dests', values.dests),
    rounds: wholeNumber('rounds', values.rounds),
    runs: wholeNumber('runs', values.runs),
    uploads: values.uploads.split(',').map((each) => wholeNumber('uploads', each)),
    evtx: wholeNumber('evtx', values.evtx),
    scaleEvents: wholeNumber('events', values.events ?? '5000000'),
    hosts: wholeNumber('hosts', values.hosts),
    withoutId: wholeNumber('without-id', values['without-id'], 0),
    orders: someOf('orders', values.orders, orders),
    hostFiles: wholeNumber('host-files', values['host-files']),
    baseline: values.baseline,
    baselineRepo: values['baseline-repo'] ?? null,
    folder: values.folder ?? null,
    build: !values['no-build'],
  }
}
