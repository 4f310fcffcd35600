import { readClixml } from '#lib/formats/clixml/clixml.ts'
import { readCsv } from '#lib/formats/csv/csv.ts'
import { detect, type Format, headBytes } from '#lib/formats/detect.ts'
import { readEvtx } from '#lib/formats/evtx/read.ts'
import { flavours } from '#lib/formats/json/flavours.ts'
import { readJson } from '#lib/formats/json/json.ts'
import { readMultiline } from '#lib/formats/multiline/multiline.ts'
import type { Outcome, Reader, ReadOptions } from '#lib/formats/outcome.ts'
import { peek } from '#lib/formats/peek.ts'
import { readWevtutil } from '#lib/formats/wevtutil/wevtutil.ts'
import { readXml } from '#lib/formats/xml/xml.ts'

/** Exports in JSON and CSV are read by one reader each, which recognizes objects by their keys and files by their columns. */
const exports = flavours.flatMap(({ name }): [Format, Reader][] => [
  [`${name}-json`, readJson],
  [`${name}-csv`, readCsv],
])

/** The reader of each format that has one. */
export const readers: Partial<Record<Format, Reader>> = {
  evtx: readEvtx,
  xml: readXml,
  multiline: readMultiline,
  'wevtutil-text': readWevtutil,
  'event-viewer-csv': readCsv,
  'get-winevent-clixml': readClixml,
  ...Object.fromEntries(exports),
}

/** A log whose format has been detected. A format without a reader has no outcomes. */
export type Log = { format: Format; outcomes: AsyncGenerator<Outcome[]> }

/** Lets a file go that has no reader. */
async function* readNothing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Outcome[]> {
  for await (const _ of bytes) break
  yield* []
}

/** Detects the format of a log from its first bytes, and reads it from the first of them on. */
export async function readLog(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<Log> {
  const peeked = await peek(bytes, headBytes)
  const format = detect(peeked.head)
  return { format, outcomes: (readers[format] ?? readNothing)(peeked.bytes, options) }
}
