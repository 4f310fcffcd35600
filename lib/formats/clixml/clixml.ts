import { splitter } from '#lib/formats/clixml/split.ts'
import { toValue } from '#lib/formats/clixml/value.ts'
import { isWinEvent, winEventShape } from '#lib/formats/get-winevent/record.ts'
import { isObject } from '#lib/formats/json/value.ts'
import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { judgeShape } from '#lib/formats/shape.ts'
import { readSpans, type Span } from '#lib/formats/span.ts'
import { reject, type Verdict } from '#lib/formats/verdict.ts'
import { parseElement } from '#lib/formats/xml/element.ts'

function readSpan(span: Span, utf8: Buffer, options: ReadOptions): Verdict {
  if (span.kind === 'too-long') return reject('too-long', 'no end within 4 MiB; a Windows event has at most 64 KiB')
  const parsed = parseElement(utf8.toString('utf8'))
  if ('reason' in parsed) {
    const reason = parsed.reason === 'not-well-formed' && !span.isClosed ? 'cut-off' : parsed.reason
    return reject(reason, parsed.detail)
  }
  const object = toValue(parsed.element)
  if (isObject(object) && isWinEvent(object)) return judgeShape(winEventShape(object), options)
  return reject(
    'unknown-fields',
    'the object is not an EventLogRecord: Id and TimeCreated are not among its properties',
  )
}

/** Reads what `Get-WinEvent | Export-Clixml` writes. Its times have an offset, so that no zone is needed. */
export async function* readClixml(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Outcome[]> {
  yield* readSpans(bytes, splitter, (span, utf8) => readSpan(span, utf8, options), options)
}
