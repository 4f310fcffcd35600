import { defenderChannel } from '#lib/asr/channel.ts'
import type { LoggedField } from '#lib/asr/event.ts'
import { messageBody } from '#lib/formats/message.ts'
import type { Shape } from '#lib/formats/shape.ts'

/** The columns that Event Viewer writes, the last without a name; in the head they are in the language of the machine. */
const columns = ['Level', 'Date and Time', 'Source', 'Event ID', 'Task Category', 'Message']
export const eventViewerWidth = columns.length

/** Whether a head is that of Event Viewer: in English by its names, in any language by the row behind it. */
export function isEventViewer(head: readonly string[], row: readonly string[] | null): boolean {
  const named = head.at(-1) === '' ? head.slice(0, -1) : head
  if (named.length !== columns.length - 1) return false
  if (named.every((name, index) => name === columns[index])) return true
  if (row?.length !== columns.length) return false
  return /^\d{1,5}$/.test(row[3] ?? '') && /\d[./-].*\d[:.]\d\d/.test(row[1] ?? '')
}

/** The channel that a source logs to: the export names none. */
const channelOf = (source: string): string =>
  /^(?:Microsoft-Windows-)?Windows Defender$/.test(source) ? defenderChannel : source

/** A row of "Save filtered log file as" CSV. It names neither computer nor record. */
export function eventViewerShape(cells: readonly string[], readTime: (text: string) => number | null): Shape {
  const System = columns.slice(0, -1).map((name, index): LoggedField => [name, cells[index] ?? ''])
  return {
    claims: {
      channel: channelOf(cells[2]?.trim() ?? ''),
      eventCode: cells[3],
      dest: undefined,
      recordId: undefined,
      time: cells[1],
    },
    readTime,
    body: (EventCode) => messageBody(EventCode, System, cells[5] ?? ''),
  }
}
