import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { stackColumns } from '#lib/hunting/definition.ts'
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
/** What a stack has besides the fields it is formed by. */
export const stackTotals = [
  ...['events', 'hosts', 'share', 'users', 'firstTime', 'lastTime', 'activeDays'],
  ...['blocked', 'audited', 'overridden', 'changed', 'variants', 'before', 'newHosts', 'ratio'],
] as const
const uploadColumns = ['createdAt', 'name', 'state', 'records', 'stored', 'duplicates', 'rejects'] as const

/** A fact about each detection, by its key. */
const byDetection = <Fact>(fact: (entry: DetectionEntry) => Fact): Record<DetectionKey, Fact> =>
  Object.fromEntries(detectionTable.map((entry) => [entry.key, fact(entry)])) as Record<DetectionKey, Fact>

/** What the rows of a configuration detection have besides the columns of its search. */
const changeColumns = ['Exclusion', 'weakened'] as const

/** The columns of a detection's rows in the API and in exports: those of its search first. */
export const rowColumns: Record<DetectionKey, readonly string[]> = byDetection(({ columns, by }) =>
  by.some((field) => field === 'New_Registry_Value') ? [...columns, ...changeColumns] : columns,
)

/** The columns a table can be sorted by: a closed list, so that naming one in SQL is safe. */
export const sortColumns: Record<TableName, readonly string[]> = {
  ...byDetection(({ columns }) => columns),
  events: eventColumns,
  hosts: hostColumns,
  risk: riskColumns,
  rules: ruleColumns,
  uploads: uploadColumns,
  stack: [...stackColumns, ...stackTotals, 'hints'],
}

const sortBy = (text: string): Sort[] => [{ column: text.replace(/^-/, ''), descending: text.startsWith('-') }]

/** The order of a table whose URL names none. */
export const defaultSort: Record<TableName, Sort[]> = {
  ...byDetection(({ sort }) => sortBy(sort)),
  events: sortBy('-_time'),
  hosts: sortBy('-events'),
  risk: sortBy('-score'),
  rules: sortBy('-events'),
  uploads: sortBy('-createdAt'),
  // The rare end first: it is what a hunter reads.
  stack: [...sortBy('hosts'), ...sortBy('events')],
}
