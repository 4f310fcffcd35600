import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { extract } from 'tar-stream'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { readLog } from '#lib/formats/readers.ts'
import { makeScaleLog, type ScaleOptions } from './scale-events.ts'
import { writeByHost, writeByTime, writeTar } from './scale-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'scale-log-'))
after(() => rmSync(folder, { recursive: true }))

const options: ScaleOptions = { events: 6000, hosts: 60, days: 30, withoutId: 10, seed: 7 }
const timeFile = join(folder, 'time.xml')
const hostFolder = join(folder, 'host')
const tarFile = join(folder, 'host.tar')
writeByTime(options, timeFile)
writeByHost(options, hostFolder)
await writeTar(options, tarFile)

const linesOf = (log: string): string[] => log.split('\n').slice(0, -1)
const timeLines = linesOf(readFileSync(timeFile, 'utf8'))
const hostFiles = readdirSync(hostFolder).sort()
const hostTexts = hostFiles.map((name) => readFileSync(join(hostFolder, name), 'utf8'))

/** Every event that the project's own reader finds in the log; a record that it rejects fails the test. */
async function read(file: string): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = []
  const { format, outcomes } = await readLog(createReadStream(file), { tz: 'UTC' })
  assert.equal(format, 'xml')
  for await (const list of outcomes)
    for (const outcome of list)
      if (outcome.kind === 'event') events.push(outcome.event)
      else assert.fail(JSON.stringify(outcome))
  return events
}

const logged = await read(timeFile)
const share = (wanted: (event: LoggedEvent) => boolean): number => logged.filter(wanted).length / logged.length

function assertNear(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`)
}

test('the reader reads every event and rejects none', () => {
  assert.equal(timeLines.length, options.events)
  assert.equal(logged.length, options.events)
})

test('both orders and the archive have the same set of events', async () => {
  const sorted = [...timeLines].sort()
  assert.equal(new Set(sorted).size, options.events)
  assert.deepEqual(hostTexts.flatMap(linesOf).sort(), sorted)
  const archived = new Map<string, string>()
  const entries = createReadStream(tarFile).pipe(extract())
  for await (const entry of entries) archived.set(entry.header.name, await text(entry))
  assert.deepEqual([...archived.keys()], hostFiles)
  assert.deepEqual([...archived.values()], hostTexts)
})

test('the same seed makes the same log, another seed another one', () => {
  const first = (seed: number): string => makeScaleLog({ ...options, seed }).render(0)
  assert.equal(first(7), `${timeLines[0]}\n`)
  assert.notEqual(first(8), first(7))
})

test('an event does not depend on which other hosts are rendered before it', () => {
  const log = makeScaleLog(options)
  const host = log.hosts[options.events - 1]
  const last = [...log.hosts.keys()].filter((event) => log.hosts[event] === host).map(log.render)
  assert.equal(last.at(-1), `${timeLines.at(-1)}\n`)
})

test('a file of one host has its events in order of time and EventRecordID, with gaps between the IDs', () => {
  for (const log of hostTexts) {
    assert.equal(new Set(log.match(/<Computer>[^<]+/g)).size, 1)
    const times = log.match(/(?<=SystemTime=')[^']+/g) ?? []
    assert.deepEqual(times, [...times].sort())
    const ids = [...log.matchAll(/<EventRecordID>(\d+)/g)].map(([, id]) => Number(id))
    assert.ok(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0)))
    assert.notEqual((ids.at(-1) ?? 0) - (ids[0] ?? 0), ids.length - 1)
  }
})

test('the file of all hosts is in order of time over the days', () => {
  const times = timeLines.map((line) => /SystemTime='([^']+)/.exec(line)?.[1] ?? '')
  assert.deepEqual(times, [...times].sort())
  const days = (Date.parse(times.at(-1) ?? '') - Date.parse(times[0] ?? '')) / 86_400_000
  assertNear(days, 30, 0.5)
})

test('the mix of events is that of a fleet', () => {
  const ofCodes = (...codes: number[]) => share(({ EventCode }) => codes.includes(EventCode))
  assertNear(ofCodes(1121), 0.55, 0.03)
  assertNear(ofCodes(1122), 0.3, 0.03)
  assertNear(ofCodes(1129), 0.03, 0.01)
  assertNear(ofCodes(1125, 1126), 0.06, 0.01)
  assertNear(ofCodes(1131, 1132, 1133, 1134), 0.02, 0.01)
  assertNear(ofCodes(5007), 0.04, 0.01)
  assertNear(
    share(({ recordId }) => recordId === null),
    0.1,
    0.02,
  )
  const ofUser = timeLines.filter((line) => /AppData\\Local\\/.test(line)).length / options.events
  assertNear(ofUser, 0.2, 0.03)
  const noisiest = hostTexts.map((log) => linesOf(log).length).sort((a, b) => b - a)
  assert.ok((noisiest[0] ?? 0) > 10 * (noisiest[30] ?? 0), 'a few hosts log many times as much as the others')
  assertNear(timeLines.join('').length / options.events, 1500, 150)
})

test('only the files of the first hosts are written if they are asked for', () => {
  const some = join(folder, 'some')
  writeByHost(options, some, 5)
  const names = readdirSync(some).sort()
  assert.deepEqual(names, hostFiles.slice(0, 5))
  assert.deepEqual(
    names.map((name) => readFileSync(join(some, name), 'utf8')),
    hostTexts.slice(0, 5),
  )
})

const run = (...args: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('scale-log.ts', import.meta.url)), ...args], { encoding: 'utf8' })

test('the command writes the log, and explains a wrong argument', () => {
  const out = join(folder, 'by-command.xml')
  const { status, stderr } = run(
    ...'--events 6000 --hosts 60 --order time --days 30 --without-id 10 --out'.split(' '),
    out,
  )
  assert.equal(stderr, '')
  assert.equal(status, 0)
  assert.equal(readFileSync(out, 'utf8'), readFileSync(timeFile, 'utf8'))
  const wrong = run('--events', 'many', '--out', out)
  assert.equal(wrong.status, 2)
  assert.match(wrong.stderr, /--events is "many"; give a whole number from 1/)
  assert.match(run('--order', 'rule', '--out', out).stderr, /--order is "rule"; give time or host/)
})
