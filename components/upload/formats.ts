/** What can be read, for someone who has a log at hand: kinds of file, and what writes them. */
export const readable: readonly { kind: string; from: string }[] = [
  { kind: 'EVTX', from: 'Event Viewer, wevtutil epl, a copy of winevt\\Logs' },
  { kind: 'XML', from: 'Event Viewer, wevtutil qe /f:xml, Splunk XmlWinEventLog' },
  { kind: 'Text', from: 'Splunk WinEventLog, wevtutil qe /f:text' },
  {
    kind: 'CSV and JSON',
    from: 'Event Viewer, Get-WinEvent, EvtxECmd, evtx_dump, Elastic, Splunk, Velociraptor, Wazuh, Advanced hunting',
  },
]

const names: Record<string, string> = {
  evtx: 'EVTX',
  xml: 'XML events',
  multiline: 'WinEventLog text',
  'wevtutil-text': 'wevtutil text',
}

const tools: Record<string, string> = {
  'get-winevent': 'Get-WinEvent',
  'event-viewer': 'Event Viewer',
  evtxecmd: 'EvtxECmd',
  evtx: 'evtx_dump',
  ecs: 'Elastic',
  splunk: 'Splunk',
  wazuh: 'Wazuh',
  velociraptor: 'Velociraptor',
  'defender-hunting': 'Advanced hunting',
}

/** Whether a log is an export of advanced hunting, whose events were throttled before they were exported. */
export const isThrottled = (format: string | null): boolean => format?.startsWith('defender-hunting') ?? false

/** What Microsoft says of ASR events in advanced hunting: unique processes, seen once an hour (docs/formats.md). */
export const throttledWords =
  'Throttled by the portal: advanced hunting keeps one event for each process and hour, so counts say where, not how often.'

/** What a format is called on screen, with what it was packed in: `EvtxECmd CSV`, `XML events in gzip`. */
export function formatName(format: string | null): string {
  if (format === null) return 'not known'
  const [inner = '', ...packed] = format.split(' in ')
  const [, tool = '', kind = ''] = /^(.+)-(json|csv|clixml)$/.exec(inner) ?? []
  const name = names[inner] ?? (tools[tool] === undefined ? inner : `${tools[tool]} ${kind.toUpperCase()}`)
  return [name, ...packed].join(' in ')
}
