import { fileClock, learn } from '#lib/formats/csv/clock.ts'
import { type CsvHead, detectCsv } from '#lib/formats/csv/detect-csv.ts'
import { readCells } from '#lib/formats/csv/lenient.ts'
import { datedCells, isHeadAgain, readRow } from '#lib/formats/csv/row.ts'
import { splitter } from '#lib/formats/csv/split.ts'
import { waitingRows } from '#lib/formats/csv/waiting.ts'
import { headAsUtf8 } from '#lib/formats/decode.ts'
import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { peek } from '#lib/formats/peek.ts'
import { type Span, type Visit, walkSpans } from '#lib/formats/span.ts'
import { add, reject, snippetOf, type Verdict } from '#lib/formats/verdict.ts'

/** How much of a file is looked at to find its head. */
const headBytes = 64 * 1024

/** What is wrong with a row that is not as wide as all. */
function damageOf(span: Span, width: number): Verdict {
  if (span.kind === 'too-long') return reject('too-long', 'no end within 4 MiB; a Windows event has at most 64 KiB')
  const detail = `the row does not have ${width} cells as the others have, or a quote in it is misplaced`
  return reject(span.isClosed ? 'not-well-formed' : 'cut-off', detail)
}

async function* readRows(
  head: CsvHead,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Outcome[]> {
  const clock = fileClock()
  const waiting = waitingRows()
  const { layout, first } = head
  const read = (cells: string[]): Verdict => readRow(head, cells, options, clock)

  const visit: Visit = (tally, span, utf8, place) => {
    const cells = span.kind === 'record' ? readCells(utf8, layout) : []
    if (isHeadAgain(head, cells)) return false
    const snippet = () => snippetOf(utf8)
    if (cells.length !== layout.width) {
      add(tally, damageOf(span, layout.width), place, snippet)
      return true
    }
    const [time, message] = datedCells(head, cells)
    if (learn(clock, time, message, options.tz)) waiting.judge(tally, read)
    const verdict = read(cells)
    if (verdict.kind === 'event' && clock.isUnsure)
      waiting.hold({ cells, time, place: place(), snippet: snippet() }, tally)
    else add(tally, verdict, place, snippet)
    return true
  }
  yield* walkSpans(bytes, (window) => splitter(window, layout, first), visit, options, waiting.refuse)
}

/** One reject for a file in whose head no known columns are. */
async function* readNone(bytes: AsyncIterable<Uint8Array>, head: Buffer): AsyncGenerator<Outcome[]> {
  for await (const _ of bytes) break
  if (!/\S/.test(head.toString('latin1'))) return
  const detail = 'the first row names no columns of an export that can be read'
  const place = { record: 1, line: 1, offset: 0 }
  yield [{ kind: 'reject', reject: { ...place, reason: 'unknown-fields', detail, snippet: snippetOf(head) } }]
}

/** Reads every CSV export that is known, recognized by its columns; a damaged row costs a row. */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Outcome[]> {
  const peeked = await peek(bytes, headBytes)
  const utf8 = headAsUtf8(peeked.head.subarray(0, headBytes))
  const head = detectCsv(utf8, peeked.head.length < headBytes)
  yield* head ? readRows(head, peeked.bytes, options) : readNone(peeked.bytes, utf8)
}
