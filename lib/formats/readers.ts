import { detect, type Format, headBytes } from '#lib/formats/detect.ts'
import { readEvtx } from '#lib/formats/evtx/read.ts'
import { readMultiline } from '#lib/formats/multiline/multiline.ts'
import type { Outcome, Reader, ReadOptions } from '#lib/formats/outcome.ts'
import { peek } from '#lib/formats/peek.ts'
import { readXml } from '#lib/formats/xml/xml.ts'

/** The reader of each format that has one. */
export const readers: Partial<Record<Format, Reader>> = {
  evtx: readEvtx,
  xml: readXml,
  multiline: readMultiline,
}

/** A log whose format has been told. A format without a reader has no outcomes. */
export type Log = { format: Format; outcomes: AsyncGenerator<Outcome[]> }

/** Lets a file go that has no reader. */
async function* readNothing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Outcome[]> {
  for await (const _ of bytes) break
  yield* []
}

/** Tells the format of a log from its first bytes, and reads it from the first of them on. */
export async function readLog(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<Log> {
  const peeked = await peek(bytes, headBytes)
  const format = detect(peeked.head)
  return { format, outcomes: (readers[format] ?? readNothing)(peeked.bytes, options) }
}
