/** The keys of the header in Splunk's classic WinEventLog text, in both orders in which forwarders write them. */
const keys = [
  'LogName',
  'SourceName',
  'EventCode',
  'EventType',
  'Type',
  'ComputerName',
  'User',
  'Sid',
  'SidType',
  'TaskCategory',
  'OpCode',
  'RecordNumber',
  'Keywords',
  'Message',
]

export const longestKey = 'TaskCategory='.length

/** Whether a line begins as a header line does. Any other `Key=Value` after a time is taken for text of a message. */
export const isHeaderLine = (line: string): boolean => {
  const equals = line.indexOf('=')
  return equals > 0 && keys.includes(line.slice(0, equals))
}

/** Whether the file ends within what may have become a header line. */
export const isCutHeaderLine = (line: string): boolean => line.trim() === '' || keys.some((key) => key.startsWith(line))
