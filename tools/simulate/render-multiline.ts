import type { SimulatedEvent } from './event.ts'
import { localTime } from './local-time.ts'
import { messages } from './messages.ts'

/** The message of an event as the Event Viewer shows it: the opening, then one `Label: value` a line. */
function renderMessage(event: SimulatedEvent): string {
  const message = messages[event.EventCode]
  if (!message) throw new Error(`event code ${event.EventCode} has no message`)
  const dataOf = (name: string) => event.values[event.names.indexOf(name)] ?? ''
  let text = message.opening.replace(/\{([^}]+)\}/g, (_, name: string) => dataOf(name))
  for (const [label, name] of message.lines) {
    // A line break inside a value would look like a line of the message.
    const value = dataOf(name).replace(/[\r\n]+/g, ' ')
    text += `\n${message.indent}${label}: ${value}`
  }
  return text
}

/** The event as Splunk's classic WinEventLog text (header as current forwarders write it), in local time of `tz`, without a last line end. */
export function renderMultiline(event: SimulatedEvent, tz: string): string {
  return `${localTime(event.time, tz)}
LogName=${event.channel}
EventCode=${event.EventCode}
EventType=${event.level}
ComputerName=${event.dest}
User=NOT_TRANSLATED
Sid=${event.userId}
SidType=0
SourceName=Microsoft-Windows-Windows Defender
Type=${event.level === 3 ? 'Warning' : 'Information'}
RecordNumber=${event.recordId}
Keywords=None
TaskCategory=None
OpCode=Info
Message=${renderMessage(event)}`
}
