import { parseArgs } from 'node:util'

export const formats = ['xml', 'multiline'] as const
export type LogFormat = (typeof formats)[number]

export type SimulateOptions = {
  /** How many hosts. */
  dests: number
  /** Days up to `end`. */
  days: number
  seed: number
  /** Milliseconds since 1970 UTC; no event is later. */
  end: number
  /** How many events of the ten codes there are, exactly. */
  events: number
  /** Share of all records that have another code; from 0 up to but not including 1. */
  others: number
}

export type LogOptions = SimulateOptions & { format: LogFormat; tz: string }

/** A fixed instant, so that the same command writes the same bytes tomorrow. */
export const defaultEnd = Date.parse('2026-11-20T18:00:00Z')

/** Events per host and day if `--events` is left out; a small fleet still has enough for its stories. */
const usualRate = 2.5
const fewestEvents = 400

/** Fills in what was left out. */
export function logOptions(given: Partial<LogOptions> = {}): LogOptions {
  const { dests = 200, days = 30, seed = 7, end = defaultEnd, others = 0.25, format = 'xml', tz = 'UTC' } = given
  const { events = Math.max(fewestEvents, Math.round(dests * days * usualRate)) } = given
  return { dests, days, seed, end, events, others, format, tz }
}

export const usage = `Writes the Defender Operational log of a made-up fleet. The same arguments give the same bytes.

  npm run --silent simulate -- [options] > FILE

  --dests N        hosts in the fleet (200)
  --days N         days up to the end (30)
  --seed N         whole number; another seed is another fleet (7)
  --format NAME    xml: one event a line; multiline: Splunk's classic text (xml)
  --end TIME       ISO 8601 time that no event is later than (2026-11-20T18:00:00Z)
  --events N       exactly so many events of the ten ASR codes (2.5 per host and day)
  --others SHARE   share of records with another code, 0 to 0.99 (0.25)
  --tz ZONE        IANA zone of the local times of multiline (UTC)
  --out FILE       write there and not to standard output
  --help           this text
`

/** What the command line asks for, or what is wrong with it: the option, its value, and what would be right. */
export type Parsed =
  | { kind: 'run'; options: LogOptions; out: string | null }
  | { kind: 'help' }
  | { kind: 'error'; message: string }

class BadArgument extends Error {}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new BadArgument(`--${name} is "${text}"; give a whole number from ${least} to ${most}`)
}

function share(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= 0.99) return value
  throw new BadArgument(`--others is "${text}"; give a share from 0 to 0.99, such as 0.25`)
}

function instant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
  const value = iso ? Date.parse(text) : Number.NaN
  if (value >= Date.parse('1980-01-01') && value <= Date.parse('2200-01-01')) return value
  throw new BadArgument(`--end is "${text}"; give an ISO 8601 time with its zone, such as 2026-11-20T18:00:00Z`)
}

function logFormat(text: string | undefined): LogFormat | undefined {
  if (text === undefined) return undefined
  const format = formats.find((name) => name === text)
  if (format) return format
  throw new BadArgument(`--format is "${text}"; give ${formats.join(' or ')}`)
}

function timeZone(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new BadArgument(`--tz is "${text}"; give an IANA time zone, such as Europe/Berlin`)
  }
}

const flags = {
  dests: { type: 'string' },
  days: { type: 'string' },
  seed: { type: 'string' },
  format: { type: 'string' },
  end: { type: 'string' },
  events: { type: 'string' },
  others: { type: 'string' },
  tz: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, strict: true }).values
  } catch (error) {
    throw new BadArgument(`${error instanceof Error ? error.message : error}. --help lists the options`)
  }
}

/** Reads the arguments of the command line. */
export function parseOptions(args: string[]): Parsed {
  try {
    const values = readFlags(args)
    if (values.help) return { kind: 'help' }
    const given = {
      dests: wholeNumber('dests', values.dests, 1, 1_000_000),
      days: wholeNumber('days', values.days, 1, 3650),
      seed: wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
      format: logFormat(values.format),
      end: instant(values.end),
      events: wholeNumber('events', values.events, 1, 1e12),
      others: share(values.others),
      tz: timeZone(values.tz),
    }
    return { kind: 'run', options: logOptions(given), out: values.out ?? null }
  } catch (error) {
    if (error instanceof BadArgument) return { kind: 'error', message: error.message }
    throw error
  }
}
