import { closeSync, createWriteStream, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { pack } from 'tar-stream'
import { makeScaleLog, type ScaleLog, type ScaleOptions } from './scale-events.ts'

const help = `node tools/bench/scale-log.ts --events N --hosts H --order time|host --out PATH [options]

Writes the log of a large fleet as XML, the same set of events in either order.

  --events N        events (1000000)
  --hosts H         hosts (5000)
  --order ORDER     time: one file of all hosts by time; host: a folder of one file per host (time)
  --tar             with --order host: one tar archive of these files instead of a folder
  --days N          days that the log covers (30)
  --without-id P    percent of events without EventRecordID (0)
  --seed N          another number, another log (7)
  --out PATH        the file, or the folder
  --help            this text
`

const chunkBytes = 4 << 20
/** No event is longer than this in UTF-8. */
const longestEvent = 16 << 10

/** Events as UTF-8, in pieces of about 4 MiB. A piece is overwritten by the next. */
function* encode(lines: Iterable<string>, buffer: Buffer): Generator<Buffer> {
  let used = 0
  for (const line of lines) {
    if (used + longestEvent > buffer.length) {
      yield buffer.subarray(0, used)
      used = 0
    }
    used += buffer.write(line, used)
  }
  if (used > 0) yield buffer.subarray(0, used)
}

function* byTime({ hosts, render }: ScaleLog): Generator<string> {
  for (let event = 0; event < hosts.length; event++) yield render(event)
}

/** The numbers of the events of each host that has any, in ascending order. */
function* byHost(hosts: Uint32Array, count: number): Generator<{ host: number; events: Uint32Array }> {
  const ends = new Uint32Array(count + 1)
  for (const host of hosts) ends[host + 1] = (ends[host + 1] ?? 0) + 1
  for (let host = 0; host < count; host++) ends[host + 1] = (ends[host + 1] ?? 0) + (ends[host] ?? 0)
  const places = ends.slice(0, count)
  const sorted = new Uint32Array(hosts.length)
  hosts.forEach((host, event) => {
    const place = places[host] ?? 0
    sorted[place] = event
    places[host] = place + 1
  })
  for (let host = 0; host < count; host++) {
    const events = sorted.subarray(ends[host], ends[host + 1])
    if (events.length > 0) yield { host, events }
  }
}

function* linesOf(events: Uint32Array, { render }: ScaleLog): Generator<string> {
  for (const event of events) yield render(event)
}

const nameOf = (host: number): string => `host-${String(host + 1).padStart(5, '0')}.xml`

function writeFile(path: string, lines: Iterable<string>, buffer: Buffer): void {
  const file = openSync(path, 'w')
  for (const piece of encode(lines, buffer)) {
    let written = 0
    while (written < piece.length) written += writeSync(file, piece, written)
  }
  closeSync(file)
}

/** Writes all events by time into one file. */
export function writeByTime(options: ScaleOptions, path: string): void {
  writeFile(path, byTime(makeScaleLog(options)), Buffer.allocUnsafe(chunkBytes))
}

/** Writes one file per host into a folder, or only those of the first hosts. */
export function writeByHost(options: ScaleOptions, folder: string, first = options.hosts): void {
  mkdirSync(folder, { recursive: true })
  const log = makeScaleLog(options)
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (const { host, events } of byHost(log.hosts, options.hosts))
    if (host < first) writeFile(join(folder, nameOf(host)), linesOf(events, log), buffer)
}

/** Writes the files of all hosts into one tar archive. */
export async function writeTar(options: ScaleOptions, path: string): Promise<void> {
  const log = makeScaleLog(options)
  const archive = pack()
  const written = pipeline(archive, createWriteStream(path, { highWaterMark: chunkBytes }))
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (const { host, events } of byHost(log.hosts, options.hosts)) {
    const text = Buffer.concat(Array.from(encode(linesOf(events, log), buffer), (piece) => Buffer.from(piece)))
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve())
      archive.entry({ name: nameOf(host), mtime: new Date(0) }, text, done)
    })
  }
  archive.finalize()
  await written
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (value >= least) return value
  throw new Error(`--${name} is ${JSON.stringify(text)}; give a whole number from ${least}`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '1000000' },
      hosts: { type: 'string', default: '5000' },
      order: { type: 'string', default: 'time' },
      tar: { type: 'boolean', default: false },
      days: { type: 'string', default: '30' },
      'without-id': { type: 'string', default: '0' },
      seed: { type: 'string', default: '7' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(help)
  if (values.out === undefined) throw new Error('--out is missing; give a file, or a folder for --order host')
  const options: ScaleOptions = {
    events: wholeNumber('events', values.events, 1),
    hosts: wholeNumber('hosts', values.hosts, 1),
    days: wholeNumber('days', values.days, 1),
    withoutId: wholeNumber('without-id', values['without-id'], 0),
    seed: wholeNumber('seed', values.seed, 0),
  }
  mkdirSync(dirname(values.out), { recursive: true })
  if (values.order === 'time') return writeByTime(options, values.out)
  if (values.order !== 'host') throw new Error(`--order is ${JSON.stringify(values.order)}; give time or host`)
  return values.tar ? writeTar(options, values.out) : writeByHost(options, values.out)
}

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`scale-log: ${(error as Error).message}\n\n${help}`)
    process.exitCode = 2
  }
}
