import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { readSpans } from '#lib/formats/span.ts'
import { readSpan } from '#lib/formats/wevtutil/record.ts'
import { splitter } from '#lib/formats/wevtutil/split.ts'

/** Reads what `wevtutil qe /f:text` prints. Its times are local if they have no `Z`: `options.tz` is their zone. */
export async function* readWevtutil(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Outcome[]> {
  yield* readSpans(bytes, splitter, (span, utf8) => readSpan(span, utf8, options), options)
}
