import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import { isAsrCode } from '#lib/asr/templates.ts'
import { detectEncoding } from '#lib/formats/decode.ts'
import type { Format } from '#lib/formats/detect.ts'
import type { Reader, ReadOptions } from '#lib/formats/outcome.ts'
import { readers, readLog } from '#lib/formats/readers.ts'
import { dice, type Reading, read } from '#lib/formats/testing.ts'
import { prepareEvent } from '#lib/model/prepare.ts'
import { rejectReasons } from '#lib/model/reject.ts'
import { checkRendering } from './check-evtx.ts'
import { checkXml } from './check-xml.ts'
import { hold } from './finding.ts'
import { newTally, type Tally } from './tally.ts'

/** As every upload is read: its format is detected first. */
const detected: Reader = async function* (bytes, options) {
  yield* (await readLog(bytes, options)).outcomes
}

const withOptions =
  (reader: Reader, options: ReadOptions): Reader =>
  (bytes) =>
    reader(bytes, options)

/**
 * Reads a log in one piece and in two other cuts, and checks what every reader promises: records add up, each has its place,
 * each reject its reason, and the cut makes no difference. @throws Finding, or whatever the reader threw.
 */
export async function checkLog(bytes: Buffer, subject: Format): Promise<Tally> {
  const roll = dice(crc32(bytes))
  const options: ReadOptions = { tz: 'Europe/Berlin', ...(roll(2) ? { dest: 'given' } : {}) }
  const smallest = Math.ceil(bytes.length / 5000)
  const sizes = [smallest + roll(200), smallest + roll(5000)]
  const reading = await holdCuts(withOptions(detected, options), bytes, sizes)
  holdReading(reading, bytes)
  // If the damage hides the format, its reader meets the bytes all the same.
  const reader = readers[subject]
  if (reader !== undefined && reading.records === 0)
    holdReading(await holdCuts(withOptions(reader, options), bytes, sizes), bytes)
  if (subject === 'xml') checkXml(bytes)
  if (subject === 'evtx') checkRendering(bytes, reading)
  return tallyOf(reading)
}

async function holdCuts(reader: Reader, bytes: Buffer, sizes: number[]): Promise<Reading> {
  const complete = await read(reader, bytes)
  for (const size of sizes) {
    const inPieces = await read(reader, bytes, size)
    const isSame = isDeepStrictEqual(inPieces, complete)
    hold(isSame, 'cut', () => `in pieces of ${size} bytes: ${inWords(inPieces)}; complete: ${inWords(complete)}`)
  }
  return complete
}

const inWords = ({ records, events, others, rejects }: Reading): string =>
  `${records} records, ${events.length} events, others ${JSON.stringify(others)}, rejects ${rejects.map(({ reason, line }) => `${reason} in line ${line}`).slice(0, 20)}`

function holdReading({ records, events, others, rejects }: Reading, bytes: Buffer): void {
  const other = Object.values(others).reduce((sum, count) => sum + count, 0)
  hold(records === events.length + other + rejects.length, 'sum', () => `${records} records do not add up`)
  const places = [...events.map(({ place }) => place), ...rejects]
  holdPlaces(places, records, bytes.length)
  holdLines(places, bytes)
  for (const { reason, detail, snippet, record } of rejects) {
    const isSound = reason in rejectReasons && detail !== '' && snippet.length <= 300 && snippet.isWellFormed()
    hold(isSound, 'reject', () => `reject of record ${record}: ${reason}, ${detail}, ${snippet.length} characters`)
    hold(snippet !== '', 'snippet', () => `reject of record ${record} shows nothing: ${reason}, ${detail}`)
  }
  for (const { event, place } of events) {
    const isSound = isAsrCode(event.EventCode) && event.dest.trim() !== '' && Number.isInteger(event.time)
    hold(isSound, 'event', () => `event of record ${place.record}: ${event.EventCode} ${event.dest} ${event.time}`)
    prepareEvent(event)
  }
}

type Place = { record: number; line: number | null; offset: number }

/** Each record is reported once, and later records are later in the file. */
function holdPlaces(places: Place[], records: number, length: number): void {
  let last: Place = { record: 0, line: null, offset: 0 }
  for (const place of places.sort((a, b) => a.record - b.record)) {
    const { record, line, offset } = place
    const isInside = record > last.record && record <= records && offset >= last.offset && offset < Math.max(1, length)
    const isLine = line === null || line >= (last.line ?? 1)
    hold(
      isInside && isLine,
      'place',
      () => `record ${record} of ${records} in line ${line} at ${offset} of ${length}, after ${JSON.stringify(last)}`,
    )
    last = { record, line, offset }
  }
}

/** The line of a record in UTF-8 is recognized by the line feeds before its offset. */
function holdLines(places: Place[], bytes: Buffer): void {
  if (detectEncoding(bytes).encoding !== 'utf-8') return
  let line = 1
  let at = 0
  for (const place of places) {
    if (place.line === null) continue
    for (let next = bytes.indexOf(0x0a, at); next >= 0 && next < place.offset; next = bytes.indexOf(0x0a, at)) {
      line++
      at = next + 1
    }
    hold(
      place.line === line,
      'line',
      () => `record ${place.record} at ${place.offset} in line ${place.line}, which is line ${line}`,
    )
  }
}

function tallyOf({ records, events, rejects }: Reading): Tally {
  const tally = {
    ...newTally(),
    mutants: 1,
    records,
    events: events.length,
    others: records - events.length - rejects.length,
  }
  if (records === 0) tally.refused = 1
  for (const { reason } of rejects) tally.rejects[reason] = (tally.rejects[reason] ?? 0) + 1
  return tally
}
