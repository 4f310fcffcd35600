import { parseTime } from '#lib/asr/time.ts'
import type { Span } from '#lib/formats/span.ts'
import { isOurs, judge, otherOf, readEventCode, reject, traceOf, type Verdict } from '#lib/formats/verdict.ts'
import { parseElement } from '#lib/formats/xml/element.ts'
import { eventSections } from '#lib/formats/xml/fields.ts'
import { type Identity, identify, identifyingBytes, identifyWindows, readTrace } from '#lib/formats/xml/identity.ts'
import { scanRecord } from '#lib/formats/xml/scan.ts'

/** The verdict on a record that is not ours, or null if it is ours or has no EventID that is a number. */
function judgeOther(identity: Identity, head: string, utf8: Buffer): Verdict | null {
  const eventCode = readEventCode(identity.eventCode)
  if (eventCode === null || identity.channel === '' || isOurs(identity.channel, eventCode)) return null
  return otherOf(identity.channel, eventCode, () => traceOf(readTrace(head, utf8), parseTime))
}

/** Reads a complete record with fast-xml-parser. */
export function parseRecord(text: string, isClosed: boolean): Verdict {
  const parsed = parseElement(text)
  if ('reason' in parsed) {
    const reason = parsed.reason === 'not-well-formed' && !isClosed ? 'cut-off' : parsed.reason
    return reject(reason, parsed.detail)
  }
  const sections = eventSections(parsed.element)
  const system = (name: string) => sections.System?.find((field) => field[0] === name)?.[1]
  const claims = {
    channel: system('Channel'),
    eventCode: system('EventID'),
    dest: system('Computer'),
    recordId: system('EventRecordID'),
    time: system('TimeCreated'),
  }
  return judge(claims, parseTime, sections)
}

/** Judges one span of the stream: whose it is from its first bytes; only what may be ours is read to its end. */
export function readSpan(span: Span, utf8: Buffer): Verdict {
  if (span.kind === 'doctype') return reject('doctype', 'a document type declaration before or between records')
  const head = utf8.toString('latin1', 0, 1024)
  const identity = identifyWindows(head)
  const other = judgeOther(
    identity ?? identify(utf8.toString('utf8', 0, identifyingBytes)) ?? { channel: '', eventCode: '' },
    head,
    utf8,
  )
  if (other) return other
  if (span.kind === 'too-long') return reject('too-long', 'no end within 4 MiB; a Windows event has at most 64 KiB')
  const text = utf8.toString('utf8')
  return scanRecord(text) ?? parseRecord(text, span.isClosed)
}

/**
 * Judges the spans of one log as `readSpan` does. The span after an event of ours is likely another one, so it is scanned
 * at once: what the scanner takes for an event of ours is one by its first bytes too.
 */
export function openReadSpan(): (span: Span, utf8: Buffer) => Verdict {
  let wasOurs = false
  return (span, utf8) => {
    const scanned = wasOurs && span.kind === 'record' ? scanRecord(utf8.toString('utf8')) : null
    const verdict = scanned?.kind === 'event' ? scanned : readSpan(span, utf8)
    wasOurs = verdict.kind === 'event'
    return verdict
  }
}
