import type { LoggedField } from '#lib/asr/event.ts'
import { firstText, flatten, isObject, type Json, type JsonObject, textOf } from '#lib/formats/json/value.ts'
import { messageBody } from '#lib/formats/message.ts'
import { windowsName } from '#lib/formats/names.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { detectRaw, readRaw } from '#lib/formats/raw.ts'
import { type Body, judgeShape, type Shape } from '#lib/formats/shape.ts'
import { readEnglish } from '#lib/formats/times/english.ts'
import { readLocalIso } from '#lib/formats/times/local-iso.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'
import type { Verdict } from '#lib/formats/verdict.ts'

/** Whether an object is a result of a Splunk search: an event as it was indexed, or its fields. */
export const isSplunk = (object: JsonObject): boolean =>
  typeof object._raw === 'string' || ('_time' in object && ('EventCode' in object || 'EventID' in object))

/** Fields of Splunk and of the header, not of the event's own data. */
const systemNames = new Set(
  (
    'host source sourcetype index linecount splunk_server punct eventtype tag timestamp LogName SourceName EventCode ' +
    'EventID EventType Type ComputerName Computer Channel Sid SidType TaskCategory OpCode Opcode RecordNumber ' +
    'EventRecordID Keywords Level Task Version Guid Name SystemTime ProcessID ThreadID ActivityID UserID dest'
  ).split(' '),
)
const isSystem = (name: string, value: string): boolean =>
  name.startsWith('_') || name.startsWith('date_') || systemNames.has(name) || value === 'NOT_TRANSLATED'

/** The value of a field; one that header and message both have is that of the message, and repeated values are one. */
function oneValue(value: Json): Json {
  if (!Array.isArray(value)) return value
  const own = [...new Set(value.map((each) => textOf(each) ?? ''))].filter((each) => each !== 'NOT_TRANSLATED')
  return own.join('\n')
}

function body(object: JsonObject, EventCode: number): Body {
  const { Message, ...rest } = object
  const fields = flatten(Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, oneValue(value)])))
  const System = fields.filter(([name, value]) => isSystem(name, value))
  const EventData = fields
    .filter(([name, value]) => !isSystem(name, value))
    .map(([name, value]): LoggedField => [windowsName(EventCode, name), value])
  const message = textOf(Message)
  if (message === undefined || message === '') return { sections: { System, EventData } }
  const read = messageBody(EventCode, System, message)
  return { ...read, sections: { System, EventData, Message: read.sections.Message ?? [] } }
}

const first = (text: string | undefined): string | undefined => text?.split('\n', 1)[0]

/** A result without `_raw`: what the search has extracted. */
const fieldsShape = (object: JsonObject, tz: string): Shape => ({
  claims: {
    channel: first(firstText(object, 'LogName', 'Channel', 'source'))?.replace(/^(?:Xml)?WinEventLog:/, ''),
    eventCode: first(firstText(object, 'EventCode', 'EventID')),
    dest: first(firstText(object, 'Computer', 'ComputerName', 'dest', 'host')),
    recordId: first(firstText(object, 'EventRecordID', 'RecordNumber')),
    time: first(firstText(object, 'SystemTime', '_time'))?.replace(/^'|'$/g, ''),
  },
  readTime: (text) => readTime(text, tz),
  body: (EventCode) => body(object, EventCode),
})

/** `_time` in seconds, or ISO with an offset; if it only names a zone (`… CET`), the clock is that of `tz`. */
function readTime(text: string, tz: string): number | null {
  const local = text.replace(/ [A-Z]{2,5}$/, (zone) => (/^ (?:UTC|GMT)$/.test(zone) ? 'Z' : ''))
  return readLocalIso(local, tz) ?? readStamp(text) ?? readEnglish(text, tz)
}

/** Text of a forwarder has a local time; if Splunk says which instant it took it for, that counts. */
function atInstant(verdict: Verdict, time: string | undefined): Verdict {
  if (verdict.kind === 'reject' || time === undefined) return verdict
  const isInstant = /^\d{9,10}(?:\.\d+)?$|(?:Z|[+-]\d\d:?\d\d| UTC| GMT)$/.test(time)
  const instant = isInstant ? readStamp(time) : null
  if (instant === null) return verdict
  if (verdict.kind === 'event') return { ...verdict, event: { ...verdict.event, time: instant } }
  return verdict.trace ? { ...verdict, trace: { ...verdict.trace, time: instant } } : verdict
}

/**
 * Judges a result of a Splunk search: by the event as it was indexed (`_raw`: XML, a forwarder's text, or an object of
 * another export, which `readObject` judges), else by its fields. What is of another sourcetype is counted.
 */
export function readSplunk(
  object: JsonObject,
  options: ReadOptions,
  readObject: (raw: string, options: ReadOptions) => Verdict | null,
): Verdict {
  const raw = textOf(object._raw) ?? ''
  const kind = detectRaw(raw)
  if (kind === 'xml') return readRaw(kind, raw, options)
  if (kind === 'multiline') return atInstant(readRaw(kind, raw, options), first(textOf(object._time)))
  const nested = raw.trimStart().startsWith('{') ? readObject(raw, options) : null
  const sourcetype = first(firstText(object, 'sourcetype'))
  const isForeign = raw !== '' && sourcetype !== undefined && !/WinEventLog/i.test(sourcetype)
  if (!nested && isForeign) return { kind: 'other', code: `Splunk/${sourcetype.slice(0, 100)}` }
  return nested ?? judgeShape(fieldsShape(isObject(object) ? object : {}, options.tz), options)
}
