import { readSpan as readMultilineSpan } from '#lib/formats/multiline/record.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import type { Span } from '#lib/formats/span.ts'
import type { Verdict } from '#lib/formats/verdict.ts'
import { readSpan as readXmlSpan } from '#lib/formats/xml/record.ts'

const headerLine = /^(?:LogName|EventCode)=/m

/** Of what kind an event is that an export carries as it came: XML, the text of a forwarder, or neither. */
export function detectRaw(raw: string): 'xml' | 'multiline' | null {
  if (/^\s*<Event[\s>]/.test(raw)) return 'xml'
  return headerLine.test(raw.slice(0, 2048)) ? 'multiline' : null
}

/** Judges an event that an export carries as it came (`_raw`, `event.original`). */
export function readRaw(kind: 'xml' | 'multiline', raw: string, options: ReadOptions): Verdict {
  const text = raw.trim()
  const utf8 = Buffer.from(text)
  const isClosed = kind === 'multiline' || text.endsWith('</Event>')
  const span: Span = { kind: 'record', start: 0, end: utf8.length, isClosed }
  return kind === 'xml' ? readXmlSpan(span, utf8) : readMultilineSpan(span, utf8, options.tz)
}
