/** The text of an event: its first lines, then `Label: value` lines. `{…}` names the Data an opening quotes. */
export type Message = { opening: string; indent: string; lines: readonly (readonly [label: string, name: string])[] }

const blankTab = ' \t'
const contact = '\n For more information please contact your IT administrator.'

const versions = (name: string) =>
  [
    [name, name],
    ['Engine Version', 'Engine Version'],
    ['Product Version', 'Product Version'],
  ] as const

const ruleLines = [
  ['ID', 'ID'],
  ['Detection time', 'Detection Time'],
  ['User', 'User'],
  ['Path', 'Path'],
  ['Process Name', 'Process Name'],
  ['Target Commandline', 'Target Commandline'],
  ['Parent Commandline', 'Parent Commandline'],
  ['Involved File', 'Involved File'],
  ['Inheritance Flags', 'Inhertiance Flags'],
  ...versions('Security intelligence Version'),
] as const

const networkLines = [
  ['Detection time', 'Detection Time'],
  ['User', 'User'],
  ['Destination', 'Destination'],
  ['Process Name', 'Process Name'],
] as const

const policyLines = [
  ['ID', 'ID'],
  ['State', 'State'],
  ['Timestamp', 'Timestamp'],
  ['Action', 'Action'],
  ['Process', 'Process'],
  ['Source', 'Source'],
  ['Target', 'Target'],
  ['User', 'User'],
  ...versions('Signature Version'),
] as const

const dlpLines = (reason: readonly (readonly [string, string])[]) =>
  [
    ['Policy Version', 'Policy Version'],
    ['Policy Rule ID', 'Policy Rule Id'],
    ['Enforcement Level', 'Enforcement Level'],
    ...reason,
    ['Timestamp', 'Event Timestamp'],
    ['Action Type', 'Action Type'],
    ['Process', 'Process'],
    ['Source', 'Source'],
    ['Target', 'Target'],
    ['Session ID', 'Session Id'],
    ['User SID', 'User Sid'],
    ...versions('Signature Version'),
  ] as const

const healthLines = [
  ['Platform version', 'Platform version'],
  ['Engine version', 'Engine version'],
] as const

/**
 * Messages by EventCode, from the provider's message table; labels differ from Data names, and some Data have no line.
 * Those of 1150, 1151, 2000 and 1116 are abridged.
 */
export const messages: Record<number, Message> = {
  1116: {
    opening:
      '{Product Name} has detected malware or other potentially unwanted software.\n For more information please see the following:\n{FWLink}',
    indent: blankTab,
    lines: [
      ['Name', 'Threat Name'],
      ['ID', 'Threat ID'],
      ['Severity', 'Severity Name'],
      ['Category', 'Category Name'],
      ['Path', 'Path'],
      ['Detection Origin', 'Origin Name'],
      ['Detection Type', 'Type Name'],
      ['Detection Source', 'Source Name'],
      ['User', 'Detection User'],
      ['Process Name', 'Process Name'],
      ['Security intelligence Version', 'Security intelligence Version'],
      ['Engine Version', 'Engine Version'],
    ],
  },
  1121: {
    opening: `Microsoft Defender Exploit Guard has blocked an operation that is not allowed by your IT administrator.${contact}`,
    indent: blankTab,
    lines: ruleLines,
  },
  1122: {
    opening: `Microsoft Defender Exploit Guard audited an operation that is not allowed by your IT administrator.${contact}`,
    indent: blankTab,
    lines: ruleLines,
  },
  1125: {
    opening:
      'Your IT administrator would have caused Microsoft Defender Exploit Guard to block a potentially dangerous network connection.',
    indent: blankTab,
    lines: networkLines,
  },
  1126: {
    opening:
      'Your IT administrator has caused Microsoft Defender Exploit Guard to block a potentially dangerous network connection.',
    indent: blankTab,
    lines: networkLines,
  },
  1129: {
    opening: 'A user has allowed a blocked Microsoft Defender Exploit Guard operation.',
    indent: blankTab,
    lines: [
      ['ID', 'ID'],
      ['User', 'User'],
      ['Path', 'Path'],
      ['Process Name', 'Process Name'],
      ['Involved File', 'Involved File'],
    ],
  },
  1131: {
    opening: "{Product Name} has blocked an operation that your administrator doesn't allow.",
    indent: blankTab,
    lines: policyLines,
  },
  1132: { opening: '{Product Name} has audited an operation.', indent: blankTab, lines: policyLines },
  1133: {
    opening: "{Product Name} has blocked an operation that your administrator doesn't allow.",
    indent: blankTab,
    lines: dlpLines([]),
  },
  1134: {
    opening: '{Product Name} has audited an operation.',
    indent: '\t',
    lines: dlpLines([['Audit Reason', 'Audit Reason']]),
  },
  1150: {
    opening: 'Endpoint Protection client is up and running in a healthy state.',
    indent: blankTab,
    lines: [...healthLines, ['Security intelligence version', 'Security intelligence version']],
  },
  1151: {
    opening: 'Endpoint Protection client health report (time in UTC):',
    indent: blankTab,
    lines: [
      ...healthLines,
      ['Network Realtime Inspection engine version', 'NRI engine version'],
      ['Antivirus security intelligence version', 'AV security intelligence version'],
      ['Antispyware security intelligence version', 'AS security intelligence version'],
      ['Network Realtime Inspection security intelligence version', 'NRI security intelligence version'],
      ['RTP state', 'RTP state'],
      ['OA state', 'OA state'],
      ['IOAV state', 'IOAV state'],
      ['BM state', 'BM state'],
      ['Product status', 'Product status'],
    ],
  },
  2000: {
    opening: '{Product Name} security intelligence version updated.',
    indent: blankTab,
    lines: [
      ['Current security intelligence Version', 'Current security intelligence Version'],
      ['Previous security intelligence Version', 'Previous security intelligence Version'],
      ['Security intelligence Type', 'security intelligence Type'],
      ['Update Type', 'Update Type'],
      ['User', 'User'],
      ['Current Engine Version', 'Current Engine Version'],
      ['Previous Engine Version', 'Previous Engine Version'],
    ],
  },
  5007: {
    opening:
      '{Product Name} Configuration has changed. If this is an unexpected event you should review the settings as this may be the result of malware.',
    indent: blankTab,
    lines: [
      ['Old value', 'Old Value'],
      ['New value', 'New Value'],
    ],
  },
}
