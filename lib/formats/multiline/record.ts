import type { LoggedField } from '#lib/asr/event.ts'
import { withoutReturns } from '#lib/formats/lines.ts'
import { isUnparsed } from '#lib/formats/message.ts'
import { messageFields } from '#lib/formats/multiline/message.ts'
import { readTimeLine } from '#lib/formats/multiline/time-line.ts'
import type { Span } from '#lib/formats/span.ts'
import { isOurs, judge, otherOf, readEventCode, reject, traceOf, type Verdict } from '#lib/formats/verdict.ts'

/** How much of a record is looked at to know whose it is; a header is below 1 KiB. */
const identifyingBytes = 2048

const logName = /\nLogName=([^\r\n]*)\r*\n/
const eventCode = /\nEventCode=(\d{1,10})\r*\n/
const computerName = /\nComputerName=([^\r\n]*)\r*\n/
const recordNumber = /\nRecordNumber=(\d+)\r*\n/

/** The verdict on a record that is not ours, read from its header, or null if it is ours or cannot be identified. */
function detectOther(head: string, tz: string): Verdict | null {
  const message = head.indexOf('\nMessage=')
  const header = message < 0 ? head : head.slice(0, message + 1)
  const channel = logName.exec(header)?.[1]?.trim()
  const code = readEventCode(eventCode.exec(header)?.[1] ?? '')
  if (!channel || code === null || isOurs(channel, code)) return null
  const readTrace = () => {
    const [dest, recordId] = [computerName, recordNumber].map((line) => line.exec(header)?.[1])
    const time = header.slice(0, header.indexOf('\n')).replace(/\r+$/, '')
    return traceOf({ dest, recordId, time }, (line) => readTimeLine(line, tz))
  }
  return otherOf(channel, code, readTrace)
}

/** Header fields as logged, the time line under its name in XML; a line that is not a field continues the one before. */
function headerFields(lines: readonly string[]): LoggedField[] {
  let last: LoggedField = ['TimeCreated', lines[0] ?? '']
  const fields = [last]
  for (const line of lines.slice(1)) {
    const equals = line.indexOf('=')
    if (equals > 0) {
      last = [line.slice(0, equals), line.slice(equals + 1)]
      fields.push(last)
    } else last[1] += `\n${line}`
  }
  return fields
}

/** Reads a complete record. `tz` is the zone of its local time. */
function parseRecord(text: string, tz: string): Verdict {
  const split = text.split('\n')
  const lines = text.includes('\r') ? split.map(withoutReturns) : split
  while (lines.length > 1 && lines.at(-1) === '') lines.pop()
  const at = lines.findIndex((line) => line.startsWith('Message='))
  if (at < 0) return reject('cut-off', 'the record ends before its Message= line')
  const System = headerFields(lines.slice(0, at))
  const Message = messageFields([(lines[at] as string).slice('Message='.length), ...lines.slice(at + 1)])
  const header = (name: string) => System.find((field) => field[0] === name)?.[1]
  const claims = {
    channel: header('LogName'),
    eventCode: header('EventCode'),
    dest: header('ComputerName'),
    recordId: header('RecordNumber'),
    time: header('TimeCreated'),
  }
  const verdict = judge(claims, (line) => readTimeLine(line, tz), { System, Message })
  return verdict.kind === 'event' && isUnparsed(verdict.event.EventCode, Message)
    ? { ...verdict, unparsed: true }
    : verdict
}

/** Judges one span of the stream: whose it is from its header; only what may be ours is read to its end. */
export function readSpan(span: Span, utf8: Buffer, tz: string): Verdict {
  const other = detectOther(utf8.toString('utf8', 0, identifyingBytes), tz)
  if (other) return other
  if (span.kind === 'too-long') return reject('too-long', 'no end within 4 MiB; a Windows event has at most 64 KiB')
  return parseRecord(utf8.toString('utf8'), tz)
}
