type ReadFormat = { format: string; name: string; from: string }

/** The formats that can be read, with what each is called on screen and where it comes from. */
export const readFormats: readonly ReadFormat[] = [
  { format: 'evtx', name: 'EVTX', from: 'Event Viewer, wevtutil epl, a copy from winevt\\Logs' },
  { format: 'xml', name: 'XML events', from: 'Event Viewer, wevtutil qe /f:xml, Splunk XmlWinEventLog' },
  { format: 'multiline', name: 'WinEventLog text', from: 'Splunk' },
  { format: 'wevtutil-text', name: 'wevtutil text', from: 'wevtutil qe /f:text' },
]

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

/** What a format is called on screen, with what it was packed in: `EvtxECmd CSV`, `XML events in gzip`. */
export function formatName(format: string | null): string {
  if (format === null) return 'not known'
  const [inner = '', ...packed] = format.split(' in ')
  const known = readFormats.find((each) => each.format === inner)?.name
  const [, tool = '', kind = ''] = /^(.+)-(json|csv|clixml)$/.exec(inner) ?? []
  const name = known ?? (tools[tool] === undefined ? inner : `${tools[tool]} ${kind.toUpperCase()}`)
  return [name, ...packed].join(' in ')
}
