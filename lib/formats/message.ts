import type { LoggedField } from '#lib/asr/event.ts'
import { linesOf } from '#lib/formats/lines.ts'
import { messageFields } from '#lib/formats/multiline/message.ts'
import type { Body } from '#lib/formats/shape.ts'

const rule = ['id', 'user', 'path', 'process name']
const network = ['user', 'destination', 'process name']
const policy = ['id', 'process', 'target', 'user']
const dlp = ['policy rule id', 'process', 'target', 'user sid']

/** Labels, in lower case, that the English message of an event always has. Source: message table of the provider. */
const labels: Record<number, readonly string[]> = {
  1121: rule,
  1122: rule,
  1125: network,
  1126: network,
  1129: rule,
  1131: policy,
  1132: policy,
  1133: dlp,
  1134: dlp,
  5007: ['old value', 'new value'],
}

/** Whether a message has a label that the canonical fields need and that is not there in English. */
export function isUnparsed(EventCode: number, fields: readonly LoggedField[]): boolean {
  const found = new Set(fields.slice(1).map(([name]) => name.toLowerCase()))
  return (labels[EventCode] ?? []).some((label) => !found.has(label))
}

/** The fields of an event that is logged as a message alone, by the labels in it, whatever their language. */
export function messageBody(EventCode: number, System: LoggedField[], message: string): Body {
  const Message = messageFields(linesOf(message))
  const sections = { System, Message }
  return isUnparsed(EventCode, Message) ? { sections, unparsed: true } : { sections }
}
