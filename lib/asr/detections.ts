/** The five detections of Splunk ESCU's analytic story "Windows Attack Surface Reduction", by what an analyst calls the page. */
export const detectionKeys = ['stacking', 'audit', 'block', 'registry', 'disabled'] as const
export type DetectionKey = (typeof detectionKeys)[number]

export type Detection = {
  key: DetectionKey
  /** Name of the SQL view, which is the detection's own name. */
  view: string
  title: string
  /** Fields the search counts by, in the order of its SPL. */
  by: readonly string[]
  /** Columns as Splunk shows them: by-fields, then the sums, then the lookup. */
  columns: readonly string[]
  /** EventCodes the search asks for. */
  codes: readonly number[]
  /** Its number in db/lookup/detections.csv, and that of the narrower detection whose result rows are among its own. */
  numbers: readonly number[]
}

const sums = ['count', 'firstTime', 'lastTime', 'ASR_Rule'] as const
const stackingBy = ['dest', 'Parent_Commandline', 'Process_Name', 'Path', 'ID', 'EventCode'] as const
const auditBy = ['dest', 'Process_Name', 'Target_Commandline', 'Path', 'ID', 'EventCode'] as const
const blockBy = ['dest', 'Path', 'Parent_Commandline', 'Process_Name', 'ID', 'EventCode'] as const
const registryBy = ['dest', 'New_Value', 'Old_Value', 'Old_Registry_Value', 'New_Registry_Value', 'ASR_ID'] as const

const detection = (
  key: DetectionKey,
  view: string,
  title: string,
  by: readonly string[],
  codes: readonly number[],
  numbers: readonly number[],
): Detection => ({ key, view, title, by, columns: [...by, ...sums], codes, numbers })

/** Source: splunk/security_content, `detections/endpoint/windows_defender_asr_*.yml`. */
export const detections: Record<DetectionKey, Detection> = {
  stacking: detection(
    'stacking',
    'windows_defender_asr_rules_stacking',
    'ASR Rules Stacking',
    stackingBy,
    [1121, 1122, 1125, 1126, 1129, 1131, 1132, 1133, 1134, 5007],
    [1, 3],
  ),
  audit: detection(
    'audit',
    'windows_defender_asr_audit_events',
    'ASR Audit Events',
    auditBy,
    [1122, 1125, 1126, 1132, 1134],
    [2],
  ),
  block: detection(
    'block',
    'windows_defender_asr_block_events',
    'ASR Block Events',
    blockBy,
    [1121, 1126, 1129, 1131, 1133],
    [3],
  ),
  registry: detection(
    'registry',
    'windows_defender_asr_registry_modification',
    'ASR Registry Modification',
    registryBy,
    [5007],
    [4, 5],
  ),
  disabled: detection('disabled', 'windows_defender_asr_rule_disabled', 'ASR Rule Disabled', registryBy, [5007], [5]),
}
