import type { Claims } from '#lib/formats/verdict.ts'
import { decodeEntities } from '#lib/formats/xml/entities.ts'

/** What says whether a record is ours. */
export type Identity = { channel: string; eventCode: string }

/** How much of a record is looked at to know whose it is; the System part of a Windows event is below 2 KiB. */
export const identifyingBytes = 16 * 1024

/** The System part up to Channel, in the order in which Windows writes it. */
const windowsOrder = new RegExp(
  [
    '^<Event(?:\\s[^<>]*)?>[-\\s]*<System>\\s*<Provider[^<>]*/>\\s*<EventID(?:\\s[^<>]*)?>(\\d{1,10})</EventID>',
    ...['Version', 'Level', 'Task', 'Opcode', 'Keywords'].map((name) => `(?:\\s*<${name}>[^<]*</${name}>)?`),
    '(?:\\s*<TimeCreated[^<>]*/>)?(?:\\s*<EventRecordID>[^<]*</EventRecordID>)?',
    '(?:\\s*<Correlation[^<>]*/>)?(?:\\s*<Execution[^<>]*/>)?',
    '\\s*<Channel>([^<&\\x80-\\uffff]*)</Channel>',
  ].join(''),
)

/** Returns channel and EventID of a record from its first bytes as Latin-1 if it is in Windows' own order, else null. */
export function identifyWindows(head: string): Identity | null {
  const match = windowsOrder.exec(head)
  return match ? { eventCode: match[1] as string, channel: (match[2] as string).trim() } : null
}

const elementText = (name: string): RegExp =>
  new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?>([^<]*)</(?:[\\w.-]+:)?${name}\\s*>`)
const eventCodeText = elementText('EventID')
const channelText = elementText('Channel')
const computerText = elementText('Computer')
const recordIdText = elementText('EventRecordID')
const timeText = /<(?:[\w.-]+:)?TimeCreated\s[^<>]*?SystemTime\s*=\s*(?:'([^'<]*)'|"([^"<]*)")/

/** The text behind a tag that has no attributes, up to the next one; undefined if there is no such tag. */
function plainText(head: string, tag: string): string | undefined {
  const at = head.indexOf(tag)
  const end = at < 0 ? -1 : head.indexOf('<', at + tag.length)
  return end < 0 ? undefined : head.slice(at + tag.length, end)
}

/** How much of a record is looked at to know when and where it was logged, if its first bytes do not say so. */
const traceBytes = 4096

function traceIn(head: string): Pick<Claims, 'dest' | 'recordId' | 'time'> {
  const dest = plainText(head, '<Computer>') ?? computerText.exec(head)?.[1]
  const time = timeText.exec(head)
  return {
    dest: dest?.includes('&') ? decodeEntities(dest) : dest,
    recordId: plainText(head, '<EventRecordID>') ?? recordIdText.exec(head)?.[1],
    time: time?.[1] ?? time?.[2],
  }
}

const beyondAscii = /[\x80-\xff]/

/**
 * When and where a record was logged, by the first elements that say so; it may be cut or malformed after them. `head` is
 * its first bytes as Latin-1, which is enough if a computer's name is ASCII.
 */
export function readTrace(head: string, utf8: Buffer): Pick<Claims, 'dest' | 'recordId' | 'time'> {
  const trace = traceIn(head)
  const isComplete = trace.dest !== undefined && !beyondAscii.test(trace.dest)
  return isComplete ? trace : traceIn(utf8.toString('utf8', 0, traceBytes))
}

const beforeSystem = /^<Event(?:\s[^<>]*)?>[-\s]*<(?:[\w.-]+:)?System(?:\s[^<>]*)?>/
const afterSystem = /<!|<\/(?:[\w.-]+:)?System|<(?:[\w.-]+:)?(?:EventData|UserData|RenderingInfo)/

/**
 * Identifies a record by the first EventID and Channel in its System part, which may be cut or malformed after them.
 * Null if they cannot be read before the part ends, or before a comment or CDATA in it that might contain others.
 */
export function identify(head: string): Identity | null {
  const begin = beforeSystem.exec(head)
  if (!begin) return null
  const rest = head.slice(begin[0].length)
  const end = afterSystem.exec(rest)
  const system = end ? rest.slice(0, end.index) : rest
  const eventCode = eventCodeText.exec(system)?.[1]
  const channel = channelText.exec(system)?.[1]
  if (eventCode === undefined || channel === undefined) return null
  return { eventCode: decodeEntities(eventCode).trim(), channel: decodeEntities(channel).trim() }
}
