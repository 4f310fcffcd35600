import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoggedEvent } from '#lib/asr/event.ts'
import type { Reader } from '#lib/formats/outcome.ts'
import { readLog } from '#lib/formats/readers.ts'
import type { Place, Reject } from '#lib/model/reject.ts'

/** Everything that became of a log, with others counted by code: the same however its bytes were cut. */
export type Reading = {
  events: { event: LoggedEvent; place: Place }[]
  others: Record<string, number>
  rejects: Reject[]
  records: number
}

export async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

/** Reads all of a log, given in pieces of `size` bytes. */
export async function read(
  reader: Reader,
  log: Uint8Array | string,
  size = Number.POSITIVE_INFINITY,
  tz = 'UTC',
): Promise<Reading> {
  const bytes = typeof log === 'string' ? Buffer.from(log) : log
  const reading: Reading = { events: [], others: {}, rejects: [], records: 0 }
  for await (const outcomes of reader(cut(bytes, Math.min(size, bytes.length || 1)), { tz })) {
    for (const outcome of outcomes) {
      reading.records += outcome.kind === 'other' ? outcome.count : 1
      if (outcome.kind === 'event') reading.events.push({ event: outcome.event, place: outcome.place })
      else if (outcome.kind === 'reject') reading.rejects.push(outcome.reject)
      else reading.others[outcome.code] = (reading.others[outcome.code] ?? 0) + outcome.count
    }
  }
  return reading
}

/** A reading in short: codes of events, others by code, reasons of rejects. */
export const inShort = ({ events, others, rejects }: Reading) => ({
  events: events.map(({ event }) => event.EventCode),
  others,
  rejects: rejects.map((reject) => reject.reason),
})

/** Detects the format of a log and reads it. */
export async function readAny(bytes: Uint8Array, size?: number) {
  let format = ''
  async function* reader(source: AsyncIterable<Uint8Array>, options: { tz: string }) {
    const log = await readLog(source, options)
    format = log.format
    yield* log.outcomes
  }
  const reading = await read(reader, bytes, size)
  return { format, ...reading }
}

/** The real logs are next to the project, not in it: their licences differ. */
const corpus = join(import.meta.dirname, '../../../shared/corpus')

/** The files of one folder of the real logs, or null, with a message, if they are not there. */
export function corpusFiles(folder: string): { name: string; bytes: Buffer }[] | null {
  try {
    const names = readdirSync(join(corpus, folder), { withFileTypes: true }).filter((entry) => entry.isFile())
    return names.map(({ name }) => ({ name, bytes: readFileSync(join(corpus, folder, name)) }))
  } catch {
    // ENOENT: the tests are skipped, and say why (noCorpus).
    return null
  }
}
export const noCorpus = 'the real logs (../shared/corpus) are not here'

/** A small generator of numbers below `n` that repeats itself for a seed (mulberry32). */
export function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n)
  }
}

/** An event as Windows renders it, in the shape that Splunk publishes; `data` is in EventData. */
export const xmlEvent = (eventCode: number, data = '', channel = 'Microsoft-Windows-Windows Defender/Operational') =>
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
  "<Provider Name='Microsoft-Windows-Windows Defender' Guid='{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'/>" +
  `<EventID>${eventCode}</EventID><Version>0</Version><Level>3</Level><Task>0</Task><Opcode>0</Opcode>` +
  "<Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2023-11-20T16:29:48.9847638Z'/>" +
  "<EventRecordID>2975</EventRecordID><Correlation ActivityID='{fb36f2d9-5b89-4566-8af5-7c1212b4797f}'/>" +
  `<Execution ProcessID='3488' ThreadID='7496'/><Channel>${channel}</Channel><Computer>host1</Computer>` +
  `<Security UserID='S-1-5-18'/></System><EventData>${data}</EventData></Event>`

/** A record of Splunk's classic text in the newer order of header lines. */
export const textEvent = (
  eventCode: number,
  message: string,
  channel = 'Microsoft-Windows-Windows Defender/Operational',
) =>
  `11/20/2023 04:29:48 PM\nLogName=${channel}\nEventCode=${eventCode}\nEventType=3\nComputerName=host1\n` +
  'User=NOT_TRANSLATED\nSid=S-1-5-18\nSidType=0\nSourceName=Microsoft-Windows-Windows Defender\nType=Warning\n' +
  `RecordNumber=2975\nKeywords=None\nTaskCategory=None\nOpCode=Info\nMessage=${message}\n`
