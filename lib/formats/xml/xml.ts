import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { readSpans } from '#lib/formats/span.ts'
import { openReadSpan } from '#lib/formats/xml/record.ts'
import { splitter } from '#lib/formats/xml/split.ts'

/**
 * Reads XmlWinEventLog text: rooted, rootless, one event a line or as pasted from Event Viewer. Bad input is an outcome,
 * not an exception: a hunt keeps what it can read. The time zone is not needed, since Windows renders XML in UTC.
 */
export async function* readXml(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Outcome[]> {
  yield* readSpans(bytes, splitter, openReadSpan(), options)
}
