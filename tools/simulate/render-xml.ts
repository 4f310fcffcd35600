import type { SimulatedEvent } from './event.ts'

// C0 controls and the two non-characters: XML 1.0 cannot hold them, or a line break would end the line.
const hostile = /[<>&\p{Cc}\uFFFE\uFFFF]/u
const hostiles = /[<>&\p{Cc}\uFFFE\uFFFF]/gu

function escapeOne(character: string): string {
  if (character === '<') return '&lt;'
  if (character === '>') return '&gt;'
  if (character === '&') return '&amp;'
  if (character === '\n') return '&#10;'
  if (character === '\r') return '&#13;'
  if (character === '\t' || (character >= '\x7f' && character <= '\x9f')) return character
  return '\uFFFD'
}

/** The text as XML content: markup escaped, line breaks as references, what XML cannot hold as U+FFFD. */
export const escapeXml = (text: string): string => (hostile.test(text) ? text.replace(hostiles, escapeOne) : text)

/** What is between two values, for each list of names: the end of the last Data and `<Data Name='…'>`. */
const openings = new WeakMap<readonly string[], string[]>()

function dataOpenings(names: readonly string[]): string[] {
  const known = openings.get(names)
  if (known) return known
  const made = names.map((name, index) => {
    const end = index === 0 ? '' : '</Data>'
    return `${end}<Data Name='${escapeXml(name).replaceAll("'", '&apos;')}'>`
  })
  openings.set(names, made)
  return made
}

const head =
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
  "<Provider Name='Microsoft-Windows-Windows Defender' Guid='{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'/><EventID>"

/** The event as Splunk's XmlWinEventLog and `wevtutil qe` have it: one line, single quotes, no line end. */
export function renderXml(event: SimulatedEvent): string {
  const correlation = event.activityId === '' ? '<Correlation/>' : `<Correlation ActivityID='${event.activityId}'/>`
  let text = `${head}${event.EventCode}</EventID><Version>0</Version><Level>${event.level}</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='${event.systemTime}'/><EventRecordID>${event.recordId}</EventRecordID>${correlation}<Execution ProcessID='${event.processId}' ThreadID='${event.threadId}'/><Channel>${event.channel}</Channel><Computer>${escapeXml(event.dest)}</Computer><Security UserID='${event.userId}'/></System><EventData>`
  const opened = dataOpenings(event.names)
  for (let index = 0; index < opened.length; index++) {
    const value = event.values[index] ?? ''
    text += opened[index] + (value === '' ? '' : escapeXml(value))
  }
  return opened.length === 0 ? `${text}</EventData></Event>` : `${text}</Data></EventData></Event>`
}
