/** What can be read, in the reader's words: kinds of file, and what writes them. */
export const readable: readonly { kind: string; from: string }[] = [
  { kind: 'EVTX', from: 'Event Viewer, wevtutil epl, a copy of winevt\\Logs' },
  { kind: 'XML', from: 'Event Viewer, wevtutil qe /f:xml, Splunk XmlWinEventLog' },
  { kind: 'Text', from: 'Splunk WinEventLog, wevtutil qe /f:text' },
  {
    kind: 'CSV and JSON',
    from: 'Event Viewer, Get-WinEvent, EvtxECmd, evtx_dump, Elastic, Splunk, Velociraptor, Wazuh, Defender hunting',
  },
]

const names: Record<string, string> = {
  evtx: 'EVTX',
  xml: 'XML events',
  multiline: 'WinEventLog text',
  'wevtutil-text': 'wevtutil text',
  'event-viewer-csv': 'Event Viewer CSV',
  'get-winevent-clixml': 'Get-WinEvent CLIXML',
}

const writers: Record<string, string> = {
  evtx: 'evtx_dump',
  evtxecmd: 'EvtxECmd',
  'get-winevent': 'Get-WinEvent',
  ecs: 'Elastic',
  splunk: 'Splunk',
  velociraptor: 'Velociraptor',
  wazuh: 'Wazuh',
  'defender-hunting': 'Defender hunting',
}

function nameOf(format: string): string {
  const [, writer = '', kind = ''] = /^(.+)-(json|csv)$/.exec(format) ?? []
  return names[format] ?? (writers[writer] === undefined ? format : `${writers[writer]} ${kind.toUpperCase()}`)
}

/** What a receipt's format is called on screen, with what it came packed in: `XML events in zip`. */
export const formatName = (format: string | null): string =>
  format === null ? 'not known' : format.split(' in ').map(nameOf).join(' in ')
