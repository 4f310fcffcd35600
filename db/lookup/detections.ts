/**
 * The five detections of Splunk ESCU's analytic story "Windows Attack Surface Reduction". This table is the only place
 * that defines them: TypeScript, the SQL table `detection`, routes and columns derive from it, and tests compare the SQL
 * views and docs/detections.md with it.
 *
 * Source: splunk/security_content, `detections/endpoint/windows_defender_asr_*.yml`; scores of audit (20) and stacking
 * as in the version of 2026-04-15. A detection of type Hunting has no score and raises no risk.
 */

/** What one entry of the table says. */
export type DetectionEntry = {
  /** Number in the database. A number is never reused. */
  number: number
  /** Name in URLs, in the API and in code. */
  key: string
  /** Name of the search in Splunk. */
  search: string
  /** Title of its page. */
  title: string
  /** Name of its SQL view. */
  view: string
  route: `/${string}`
  /** EventCodes the search asks for. */
  codes: readonly number[]
  /** Fields the search groups by, in the order of its SPL. */
  by: readonly string[]
  /** Columns as Splunk shows them: by-fields, then the sums, then the lookup. */
  columns: readonly string[]
  /** Order of its page if the URL names none; a leading - means descending. */
  sort: string
  type: 'Hunting' | 'Anomaly' | 'TTP'
  riskScore: number | null
  message: string
  story: string
  /** ATT&CK technique ids. */
  techniques: readonly string[]
  /** Key of the broader detection, with the same by-fields, whose result rows include its own; null if there is none. */
  within: string | null
}

const sums = ['count', 'firstTime', 'lastTime', 'ASR_Rule'] as const
const stackingBy = ['dest', 'Parent_Commandline', 'Process_Name', 'Path', 'ID', 'EventCode'] as const
const auditBy = ['dest', 'Process_Name', 'Target_Commandline', 'Path', 'ID', 'EventCode'] as const
const blockBy = ['dest', 'Path', 'Parent_Commandline', 'Process_Name', 'ID', 'EventCode'] as const
const registryBy = ['dest', 'New_Value', 'Old_Value', 'Old_Registry_Value', 'New_Registry_Value', 'ASR_ID'] as const
const story = 'Windows Attack Surface Reduction'
const processTechniques = ['T1059', 'T1566.001', 'T1566.002'] as const
const registryTechniques = ['T1112'] as const

export const detectionTable = [
  {
    number: 1,
    key: 'stacking',
    search: 'Windows Defender ASR Rules Stacking',
    title: 'ASR Rules Stacking',
    view: 'windows_defender_asr_rules_stacking',
    route: '/stacking',
    codes: [1121, 1122, 1125, 1126, 1129, 1131, 1132, 1133, 1134, 5007],
    by: stackingBy,
    columns: [...stackingBy, ...sums],
    sort: '-count',
    type: 'Hunting',
    riskScore: null,
    message: 'An ASR rule, $ASR_Rule$, was triggered on $dest$.',
    story,
    techniques: processTechniques,
    within: null,
  },
  {
    number: 2,
    key: 'audit',
    search: 'Windows Defender ASR Audit Events',
    title: 'ASR Audit Events',
    view: 'windows_defender_asr_audit_events',
    route: '/audit',
    codes: [1122, 1125, 1126, 1132, 1134],
    by: auditBy,
    columns: [...auditBy, ...sums],
    sort: '-count',
    type: 'Anomaly',
    riskScore: 20,
    message: 'ASR audit event, $ASR_Rule$, was triggered on $dest$.',
    story,
    techniques: processTechniques,
    within: null,
  },
  {
    number: 3,
    key: 'block',
    search: 'Windows Defender ASR Block Events',
    title: 'ASR Block Events',
    view: 'windows_defender_asr_block_events',
    route: '/block',
    codes: [1121, 1126, 1129, 1131, 1133],
    by: blockBy,
    columns: [...blockBy, ...sums],
    sort: '-count',
    type: 'Anomaly',
    riskScore: 45,
    message: 'ASR block event, $ASR_Rule$, was triggered on $dest$.',
    story,
    techniques: processTechniques,
    within: 'stacking',
  },
  {
    number: 4,
    key: 'registry',
    search: 'Windows Defender ASR Registry Modification',
    title: 'ASR Registry Modification',
    view: 'windows_defender_asr_registry_modification',
    route: '/registry',
    codes: [5007],
    by: registryBy,
    columns: [...registryBy, ...sums],
    sort: '-lastTime',
    type: 'Hunting',
    riskScore: null,
    message: 'ASR registry modification event, $ASR_Rule$, was triggered on $dest$.',
    story,
    techniques: registryTechniques,
    within: null,
  },
  {
    number: 5,
    key: 'disabled',
    search: 'Windows Defender ASR Rule Disabled',
    title: 'ASR Rule Disabled',
    view: 'windows_defender_asr_rule_disabled',
    route: '/disabled',
    codes: [5007],
    by: registryBy,
    columns: [...registryBy, ...sums],
    sort: '-lastTime',
    type: 'TTP',
    riskScore: 100,
    message: 'ASR rule disabled event, $ASR_Rule$, was triggered on $dest$.',
    story,
    techniques: registryTechniques,
    within: 'registry',
  },
] as const satisfies readonly DetectionEntry[]
