/** Further codes of the Defender channel. Source: learn.microsoft.com defender-endpoint/troubleshoot-microsoft-defender-antivirus. */
const meanings: Record<string, string> = {
  1000: 'Scan started',
  1001: 'Scan finished',
  1002: 'Scan stopped before it finished',
  1005: 'Scan failed',
  1006: 'Malware found by a scan',
  1007: 'Action taken against malware',
  1008: 'Action against malware failed',
  1009: 'Item restored from quarantine',
  1011: 'Item deleted from quarantine',
  1013: 'Protection history deleted',
  1015: 'Suspicious behaviour found',
  1116: 'Malware or unwanted software found',
  1117: 'Action taken against malware',
  1118: 'Action against malware failed',
  1119: 'Action against malware failed critically',
  1123: 'Controlled folder access blocked a change',
  1124: 'Controlled folder access would have blocked a change',
  1127: 'Controlled folder access blocked a sector write',
  1128: 'Controlled folder access would have blocked a sector write',
  1150: 'Defender reports that it is healthy',
  1151: 'Health report of the client',
  2000: 'Security intelligence updated',
  2001: 'Security intelligence update failed',
  2002: 'Engine updated',
  2010: 'Dynamic security intelligence retrieved',
  2014: 'Dynamic security intelligence discarded',
  3002: 'Real-time protection failed',
  5000: 'Real-time protection turned on',
  5001: 'Real-time protection turned off',
  5004: 'Real-time protection configuration changed',
  5008: 'Engine stopped unexpectedly',
  5009: 'Scanning for spyware turned on',
  5010: 'Scanning for spyware turned off',
  5011: 'Scanning for viruses turned on',
  5012: 'Scanning for viruses turned off',
  5013: 'Tamper protection blocked a change',
}

/** What a code that is only counted means: `1150`, or `Security/4688` for one of another channel. */
export function otherMeaning(code: string): string {
  if (code.includes('/')) return 'An event of another channel'
  return meanings[code] ?? 'Another event of the Defender channel'
}
