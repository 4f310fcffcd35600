import type { LoggedEvent, LoggedField } from '#lib/asr/event.ts'
import { templates } from '#lib/asr/templates.ts'
import { parseTime } from '#lib/asr/time.ts'
import { judge, type Verdict } from '#lib/formats/verdict.ts'
import { readData, readRendering, type Scan } from '#lib/formats/xml/scan-parts.ts'

/**
 * Everything up to `<EventData>` as Windows renders it for Defender, with either quote and nothing between the tags.
 * Some exporters omit EventRecordID, Correlation, Execution or Security.
 */
function systemShape(quote: string): RegExp {
  const value = `${quote}([^${quote}<&]*)${quote}`
  const text = (name: string) => `<${name}>([^<&]*)</${name}>`
  return new RegExp(
    `<Event(?: xmlns=${value})?><System><Provider Name=${value} Guid=${value}/>` +
      ['EventID', 'Version', 'Level', 'Task', 'Opcode', 'Keywords'].map(text).join('') +
      `<TimeCreated SystemTime=${value}/>(?:${text('EventRecordID')})?(?:<Correlation(?: ActivityID=${value})?/>)?` +
      `(?:<Execution ProcessID=${value} ThreadID=${value}/>)?${text('Channel')}${text('Computer')}` +
      `(?:<Security(?: UserID=${value})?/>)?</System>`,
    'y',
  )
}

const shapes: Record<string, RegExp> = { "'": systemShape("'"), '"': systemShape('"') }

/** Names of the captures of a shape, in order; the first is the namespace, which is not kept. */
const systemNames = [
  'Provider Name',
  'Provider Guid',
  'EventID',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'TimeCreated',
  'EventRecordID',
  'Correlation ActivityID',
  'Execution ProcessID',
  'Execution ThreadID',
  'Channel',
  'Computer',
  'Security UserID',
]

/**
 * Reads an event in the exact shape that Windows renders, without building a tree. Null for anything that it is not sure
 * of: fast-xml-parser decides then, and a test checks that both always agree.
 */
export function scanRecord(raw: string): Verdict | null {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
  const quote = text.startsWith("'", '<Event xmlns='.length) ? "'" : '"'
  const shape = shapes[quote] as RegExp
  shape.lastIndex = 0
  const match = shape.exec(text)
  if (!match) return null
  const System: LoggedField[] = []
  for (let i = 0; i < systemNames.length; i++) {
    const value = match[i + 2]
    if (value !== undefined) System.push([systemNames[i] as string, value])
  }
  const scan: Scan = { text, at: shape.lastIndex, quote, hasEntities: text.includes('&') }
  const sections: LoggedEvent['sections'] = { System }
  const eventCode = match[4] as string
  if (text.startsWith('<EventData>', scan.at)) sections.EventData = readData(scan, templates[Number(eventCode)] ?? [])
  if (text.startsWith('<RenderingInfo', scan.at)) sections.RenderingInfo = readRendering(scan)
  if (scan.at < 0 || scan.at + '</Event>'.length !== text.length || !text.endsWith('</Event>')) return null
  const claims = { channel: match[15], eventCode, dest: match[16], recordId: match[11], time: match[10] }
  return judge(claims, parseTime, sections)
}
