import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import type { Page } from '#lib/model/rows.ts'
import { rowColumns, sortColumns } from '#lib/params/columns.ts'
import { noLimit, pageLength, pageOf, pageRange } from '#lib/params/page.ts'
import type { TableName } from '#lib/params/params.ts'
import { selectDetection, streamDetection } from '#lib/query/detection.ts'
import { selectEvents, streamEvents } from '#lib/query/events.ts'
import { selectHosts } from '#lib/query/hosts.ts'
import { askAgain, type Question } from '#lib/query/question.ts'
import { selectRisk } from '#lib/query/risk.ts'
import { selectRules } from '#lib/query/rules.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import type { Reads } from '#lib/store/reads.ts'

/** A table of the API: its columns in order, a page of it, and all of it. */
export type Table = {
  columns: readonly string[]
  select: (reads: Reads, question: Question) => Promise<Page<object>>
  stream: (reads: Reads, question: Question) => AsyncGenerator<object[]>
}

/** A table whose rows are few enough to be read at once: one per dest or rule. */
const whole = (columns: readonly string[], select: Table['select']): Table => ({
  columns,
  select,
  stream: async function* (reads, question) {
    const isAll = question.params.limit === null
    yield (await select(reads, isAll ? askAgain(question, { page: 1, limit: noLimit }) : question)).rows
  },
})

const ofDetection = (key: DetectionKey): Table => ({
  columns: rowColumns[key],
  select: (reads, question) => selectDetection(reads, key, question),
  stream: (reads, question) => streamDetection(reads, key, question),
})

async function pageOfRules(reads: Reads, question: Question): Promise<Page<object>> {
  const { page, limit } = question.params
  const rows = await selectRules(reads, question)
  return pageOf(rows, pageRange({ page, limit: limit ?? Math.max(pageLength, rows.length) }))
}

const riskColumns = [
  'normalized_risk_object',
  'score',
  'count',
  'firstTime',
  'lastTime',
  'Search Name',
  'Risk Message',
  'Analytic Stories',
  'Annotations',
  'ATT&CK Tactics',
  'previousScore',
  'score24h',
]
const receiptColumns = [
  'id',
  'name',
  'format',
  'state',
  'bytes',
  'records',
  'stored',
  'duplicates',
  'otherCodes',
  'rejects',
]

/** The tables of the API, by the last part of their path. */
export const tables: Record<TableName, Table> = {
  ...(Object.fromEntries(detectionKeys.map((key) => [key, ofDetection(key)])) as Record<DetectionKey, Table>),
  events: { columns: ['id', ...sortColumns.events, 'Exclusion', 'upload'], select: selectEvents, stream: streamEvents },
  hosts: whole(sortColumns.hosts, selectHosts),
  risk: whole(riskColumns, selectRisk),
  rules: whole(sortColumns.rules, pageOfRules),
  uploads: whole(
    [...receiptColumns, 'firstTime', 'lastTime', 'dests', 'tz', 'createdAt', 'finishedAt'],
    (reads, { params }) => selectUploads(reads, params),
  ),
}

export const isTable = (name: string): name is TableName => Object.hasOwn(tables, name)
