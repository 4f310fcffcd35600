import { readSpan } from '#lib/formats/multiline/record.ts'
import { splitter } from '#lib/formats/multiline/split.ts'
import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { readSpans } from '#lib/formats/span.ts'

/** Reads Splunk's classic WinEventLog text (`renderXml=false`). Its times are local: `options.tz` is their zone. */
export async function* readMultiline(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Outcome[]> {
  yield* readSpans(bytes, splitter, (span, utf8) => readSpan(span, utf8, options.tz), options)
}
