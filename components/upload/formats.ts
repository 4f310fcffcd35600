type ReadFormat = { format: string; name: string; from: string }

/** The formats that can be read, with what each is called on screen and where it comes from. */
export const readFormats: readonly ReadFormat[] = [
  { format: 'evtx', name: 'EVTX', from: 'Event Viewer, wevtutil epl, a copy from winevt\\Logs' },
  { format: 'xml', name: 'XML events', from: 'Event Viewer, wevtutil qe /f:xml, Splunk XmlWinEventLog' },
  { format: 'multiline', name: 'WinEventLog text', from: 'Splunk' },
]

/** What a format is called on screen. */
export const formatName = (format: string | null): string =>
  format === null ? 'not known' : (readFormats.find((each) => each.format === format)?.name ?? format)
