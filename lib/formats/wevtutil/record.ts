import type { LoggedField } from '#lib/asr/event.ts'
import { linesOf } from '#lib/formats/lines.ts'
import { messageBody } from '#lib/formats/message.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { judgeShape } from '#lib/formats/shape.ts'
import type { Span } from '#lib/formats/span.ts'
import { readLocalIso } from '#lib/formats/times/local-iso.ts'
import { isOurs, otherOf, readEventCode, reject, traceOf, type Verdict } from '#lib/formats/verdict.ts'

/** The labels in the order in which wevtutil writes them; it does so in every language. */
const labels = [
  'Log Name',
  'Source',
  'Date',
  'Event ID',
  'Task',
  'Level',
  'Opcode',
  'Keyword',
  'User',
  'User Name',
  'Computer',
  'Description',
]

/** How much of a record that is too long is looked at to know whose it is. */
const identifyingBytes = 2048

const labelLine = /^ {2}(\S[^:]{0,60}): ?(.*)$/

/** The labelled lines of a record; `message` is null if it ends before the last, which begins the message. */
function readLabels(lines: readonly string[]): { fields: LoggedField[]; message: string[] | null } {
  const fields: LoggedField[] = []
  for (let index = 1; index <= labels.length; index++) {
    const label = labelLine.exec(lines[index] ?? '')
    if (!label) return { fields, message: null }
    const field: LoggedField = [label[1] as string, label[2] as string]
    if (index === labels.length) return { fields, message: [field[1], ...lines.slice(index + 1)] }
    fields.push(field)
  }
  return { fields, message: null }
}

/** The message of a record: it begins on the line behind its label. */
const messageOf = ([first = '', ...rest]: string[]): string =>
  (first.trim() === '' ? rest : [first, ...rest]).join('\n')

/** Reads one record. Its labels are recognized by where they are, so that any language will do; the message must be English. */
function readRecord(text: string, options: ReadOptions): Verdict {
  const { fields, message } = readLabels(linesOf(text.trimEnd()))
  const value = (label: string) => fields[labels.indexOf(label)]?.[1]
  const channel = value('Log Name')?.trim() ?? ''
  const code = readEventCode(value('Event ID')?.trim() ?? '')
  const readTime = (time: string) => readLocalIso(time, options.tz)
  if (channel && code !== null && !isOurs(channel, code)) {
    const [dest, time] = [value('Computer')?.trim() || options.dest, value('Date')]
    return otherOf(channel, code, () => traceOf({ dest, time, recordId: undefined }, readTime))
  }
  if (message === null) return reject('cut-off', 'the record ends before its twelfth label, which begins the message')
  const claims = {
    channel,
    eventCode: value('Event ID'),
    dest: value('Computer'),
    recordId: undefined,
    time: value('Date'),
  }
  const body = (EventCode: number) => messageBody(EventCode, fields, messageOf(message))
  return judgeShape({ claims, readTime, body }, options)
}

/** Judges one span of the stream. */
export function readSpan(span: Span, utf8: Buffer, options: ReadOptions): Verdict {
  if (span.kind === 'too-long') {
    const other = readRecord(utf8.toString('utf8', 0, identifyingBytes), options)
    if (other.kind === 'other') return other
    return reject('too-long', 'no end within 4 MiB; a Windows event has at most 64 KiB')
  }
  return readRecord(utf8.toString('utf8'), options)
}
