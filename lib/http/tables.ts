import type { z } from 'zod'
import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import { hostRow, ruleRow } from '#lib/model/hosts.ts'
import { detectionPage, detectionRowOf, eventRow } from '#lib/model/hunting.ts'
import { receipt } from '#lib/model/receipt.ts'
import { riskPage, riskRow } from '#lib/model/risk.ts'
import type { StackRow } from '#lib/model/rows.ts'
import { type Page, page } from '#lib/model/schema.ts'
import { type NamedStackRow, namedStackPage, namedStackRow } from '#lib/model/stacks.ts'
import { rowColumns, sortColumns, stackTotals } from '#lib/params/columns.ts'
import { noLimit, pageLength, pageOf, pageRange } from '#lib/params/page.ts'
import type { Params, TableName } from '#lib/params/params.ts'
import { applyDecisions, selectDecided } from '#lib/query/decided.ts'
import { selectDetection, streamDetection } from '#lib/query/detection.ts'
import { selectEvents, streamEvents } from '#lib/query/events.ts'
import { selectHosts } from '#lib/query/hosts.ts'
import { askAgain, type Question } from '#lib/query/question.ts'
import { selectRisk, selectRiskPage } from '#lib/query/risk.ts'
import { selectRules } from '#lib/query/rules.ts'
import { selectStacks, streamStacks } from '#lib/query/stacks.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import type { Reads } from '#lib/store/reads.ts'

type Row = Record<string, unknown>

/**
 * A table of the API: the schema of a row and that of the answer with a page of them; its columns in a file, in order; a page
 * of it, and all of it.
 */
export type Table = {
  row: z.ZodObject
  answer: z.ZodObject
  columns: (params: Params) => readonly string[]
  select: (reads: Reads, question: Question) => Promise<Page<Row>>
  stream: (reads: Reads, question: Question) => AsyncGenerator<object[]>
}

/** A table whose rows are few enough to be read at once: one per dest or rule. */
const table = (row: z.ZodObject, columns: readonly string[], select: Table['select']): Table => ({
  row,
  answer: page(row),
  columns: () => columns,
  select,
  stream: async function* (reads, question) {
    const isAll = question.params.limit === null
    yield (await select(reads, isAll ? askAgain(question, { page: 1, limit: noLimit }) : question)).rows
  },
})

function ofDetection(key: DetectionKey): Table {
  const row = detectionRowOf(rowColumns[key])
  return {
    row,
    answer: detectionPage(row),
    columns: () => rowColumns[key],
    select: (reads, question) => selectDetection(reads, key, question),
    stream: (reads, question) => streamDetection(reads, key, question),
  }
}

async function pageOfRules(reads: Reads, question: Question): Promise<Page<Row>> {
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

/** Returns what names each of the fields of a stack, with the text NULL if it was not logged. */
export const namedStack =
  ({ params }: Question) =>
  ({ by, ...row }: StackRow): NamedStackRow => ({
    ...row,
    ...Object.fromEntries(params.by.map(({ column }, place) => [column, by[place] ?? 'NULL'])),
  })

const stack: Table = {
  row: namedStackRow,
  answer: namedStackPage,
  columns: ({ by }) => [
    'stack',
    ...by.map(({ column }) => column),
    'ASR_Rule',
    ...stackTotals,
    'hints',
    'dispositions',
  ],
  select: async (reads, question) => {
    const found = await selectStacks(reads, question, await selectDecided(reads, question.window.now))
    return { ...found, rows: found.rows.map(namedStack(question)) }
  },
  stream: async function* (reads, question) {
    const decided = await selectDecided(reads, question.window.now)
    for await (const rows of streamStacks(reads, question, decided)) yield rows.map(namedStack(question))
  },
}

/** The tables of the API, by the last part of their path. */
export const tables: Record<TableName, Table> = {
  ...(Object.fromEntries(detectionKeys.map((key) => [key, ofDetection(key)])) as Record<DetectionKey, Table>),
  events: {
    row: eventRow,
    answer: page(eventRow),
    columns: () => Object.keys(eventRow.shape),
    select: selectEvents,
    stream: streamEvents,
  },
  hosts: table(hostRow, Object.keys(hostRow.shape), async (reads, question) =>
    selectHosts(reads, await applyDecisions(reads, question)),
  ),
  risk: {
    ...table(riskRow, riskColumns, async (reads, question) => selectRisk(reads, await applyDecisions(reads, question))),
    answer: riskPage,
    select: async (reads, question) => selectRiskPage(reads, await applyDecisions(reads, question)),
  },
  rules: table(ruleRow, sortColumns.rules, pageOfRules),
  uploads: table(
    receipt,
    [...receiptColumns, 'firstTime', 'lastTime', 'dests', 'tz', 'createdAt', 'finishedAt'],
    (reads, { params }) => selectUploads(reads, params),
  ),
  stack,
}

export const isTable = (name: string): name is TableName => Object.hasOwn(tables, name)
