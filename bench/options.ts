import { parseArgs } from 'node:util'

export const parts = ['ingest', 'formats', 'pages', 'memory', 'evtx'] as const
export type Part = (typeof parts)[number]

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
  /** Folder of the files; null: a temporary one that is removed. */
  folder: string | null
  build: boolean
}

export const usage = `Measures reading, pages and memory, each beside a baseline from the same run.

  npm run bench -- [options]

  --only PARTS     some of ${parts.join(',')} (all)
  --events N       events in each file of ingest, a fortieth of them of formats (200000)
  --stored N       events in the store that pages are asked from (1000000)
  --dests N        hosts in it (5000)
  --rounds N       times each page is asked for, alone and during an upload (25)
  --runs N         runs that a median is taken of (3)
  --uploads LIST   megabytes of the uploads of memory (1500,150)
  --evtx N         megabytes of the EVTX set (500)
  --folder DIR     keep the generated files and stores there, and use what is there already (a temporary folder)
  --no-build       ask the pages of the build that is there
  --help           this text

With every default it takes about half an hour on two cores, and 8 GB of disk.
`

const flags = {
  only: { type: 'string', default: parts.join(',') },
  events: { type: 'string', default: '200000' },
  stored: { type: 'string', default: '1000000' },
  dests: { type: 'string', default: '5000' },
  rounds: { type: 'string', default: '25' },
  runs: { type: 'string', default: '3' },
  uploads: { type: 'string', default: '1500,150' },
  evtx: { type: 'string', default: '500' },
  folder: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

function wholeNumber(name: string, text: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (value > 0) return value
  throw new Error(`--${name} is ${JSON.stringify(text)}; give a whole number from 1`)
}

const isPart = (name: string): name is Part => parts.some((part) => part === name)

function partsOf(text: string): Part[] {
  const names = text.split(',')
  const wrong = names.find((name) => !isPart(name))
  if (wrong === undefined) return names.filter(isPart)
  throw new Error(`--only names ${JSON.stringify(wrong)}; give some of ${parts.join(',')}`)
}

/** Reads the command line; null where it asks for help. @throws where it makes no sense, and says what would. */
export function parseOptions(args: string[]): Options | null {
  const { values } = parseArgs({ args, options: flags })
  if (values.help) return null
  return {
    only: partsOf(values.only),
    events: wholeNumber('events', values.events),
    stored: wholeNumber('stored', values.stored),
    dests: wholeNumber('dests', values.dests),
    rounds: wholeNumber('rounds', values.rounds),
    runs: wholeNumber('runs', values.runs),
    uploads: values.uploads.split(',').map((each) => wholeNumber('uploads', each)),
    evtx: wholeNumber('evtx', values.evtx),
    folder: values.folder ?? null,
    build: !values['no-build'],
  }
}
