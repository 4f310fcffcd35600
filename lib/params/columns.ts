import { detections } from '#lib/asr/detections.ts'
import type { Sort, TableName } from './params.ts'

const eventColumns = [
  '_time',
  'dest',
  'EventCode',
  'ID',
  'ASR_Rule',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
  'Old_Value',
  'New_Value',
  'EventRecordID',
] as const
const totals = ['events', 'blocked', 'audited', 'overridden', 'changed'] as const
const hostColumns = ['dest', ...totals, 'rules', 'firstTime', 'lastTime', 'score', 'riskEvents'] as const
const riskColumns = [
  'normalized_risk_object',
  'score',
  'count',
  'firstTime',
  'lastTime',
  'previousScore',
  'score24h',
] as const
const ruleColumns = ['ID', 'ASR_Rule', ...totals, 'dests', 'firstTime', 'lastTime'] as const
const uploadColumns = ['createdAt', 'name', 'state', 'records', 'stored', 'duplicates', 'rejects'] as const

/** The columns a table can be sorted by: a closed list, so that naming one in SQL is safe. */
export const sortColumns: Record<TableName, readonly string[]> = {
  stacking: detections.stacking.columns,
  audit: detections.audit.columns,
  block: detections.block.columns,
  registry: detections.registry.columns,
  disabled: detections.disabled.columns,
  events: eventColumns,
  hosts: hostColumns,
  risk: riskColumns,
  rules: ruleColumns,
  uploads: uploadColumns,
}

const byCount: Sort[] = [{ column: 'count', descending: true }]

/** The order of a table whose URL names none. */
export const defaultSort: Record<TableName, Sort[]> = {
  stacking: byCount,
  audit: byCount,
  block: byCount,
  registry: [{ column: 'lastTime', descending: true }],
  disabled: [{ column: 'lastTime', descending: true }],
  events: [{ column: '_time', descending: true }],
  hosts: [{ column: 'events', descending: true }],
  risk: [{ column: 'score', descending: true }],
  rules: [{ column: 'events', descending: true }],
  uploads: [{ column: 'createdAt', descending: true }],
}
