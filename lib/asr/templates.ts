/**
 * The fields of each event in the order of the provider manifest (Microsoft-Windows-Windows Defender,
 * jdu2600/Windows10EtwEvents and the logs themselves; `Inhertiance Flags` is Microsoft's spelling).
 */
const ruleFields = [
  'Product Name',
  'Product Version',
  'Unused',
  'ID',
  'Detection Time',
  'User',
  'Path',
  'Process Name',
  'Security intelligence Version',
  'Engine Version',
  'RuleType',
  'Target Commandline',
  'Parent Commandline',
  'Involved File',
  'Inhertiance Flags',
]
const networkFields = ['Product Name', 'Product Version', 'ID', 'Detection Time', 'User', 'Destination', 'Process Name']
const overrideFields = [
  'Product Name',
  'Product Version',
  'Unused',
  'ID',
  'User',
  'Path',
  'Process Name',
  'Involved File',
]
const policyFields = [
  'Product Name',
  'Product Version',
  'Unused',
  'ID',
  'State',
  'Timestamp',
  'Action',
  'Process',
  'Source',
  'Target',
  'User',
  'Signature Version',
  'Engine Version',
]
const dlpFields = [
  'Product Name',
  'Product Version',
  'Unused',
  'Policy Version',
  'Policy Rule Id',
  'Enforcement Level',
  'Audit Reason',
  'Event Timestamp',
  'Action Type',
  'Process',
  'Source',
  'Target',
  'Session Id',
  'User Sid',
  'Signature Version',
  'Engine Version',
]
const configFields = ['Product Name', 'Product Version', 'Old Value', 'New Value']

/** Data names by EventCode, in logged order. */
export const templates: Record<number, readonly string[]> = {
  1121: ruleFields,
  1122: ruleFields,
  1125: networkFields,
  1126: networkFields,
  1129: overrideFields,
  1131: policyFields,
  1132: policyFields,
  1133: dlpFields,
  1134: dlpFields,
  5007: configFields,
}

/** The ten codes of *Windows Defender ASR Rules Stacking*, in its order. */
export const asrCodes: readonly number[] = Object.keys(templates).map(Number)

export const isAsrCode = (code: number): boolean => code in templates
