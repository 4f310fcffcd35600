import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import type { Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import { selectDetection } from '#lib/query/detection.ts'
import { selectEvents } from '#lib/query/events.ts'
import { selectHosts } from '#lib/query/hosts.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { selectRisk } from '#lib/query/risk.ts'
import { selectRules } from '#lib/query/rules.ts'
import { paramsOf } from '#lib/query/testing.ts'
import type { EventReads } from './reads.ts'

export type Table = DetectionKey | 'events' | 'hosts' | 'risk' | 'rules'
export const tables: readonly Table[] = [...detectionKeys, 'events', 'hosts', 'risk', 'rules']

/** The moment of every question: after the newest event. */
export const now = Date.parse('2026-11-26T12:00:00Z')
const everything = { page: 1, limit: 1_000_000 }

/** What a table shows of a question. */
export async function select(reads: EventReads, table: Table, question: Question): Promise<Page<object>> {
  if (table === 'events') return selectEvents(reads, question)
  if (table === 'hosts') return selectHosts(reads, question)
  if (table === 'risk') return selectRisk(reads, question)
  if (table !== 'rules') return selectDetection(reads, table, question)
  const rows = await selectRules(reads, question)
  return { total: rows.length, rows }
}

/** A store whose tables answer with a stretch of their rows, whatever page is asked for. */
export const cutTo = (reads: EventReads, page: PageRange): EventReads => ({
  ...reads,
  detection: (question) => reads.detection({ ...question, page }),
  events: (question) => reads.events({ ...question, page }),
  hosts: (question) => reads.hosts({ ...question, page }),
  risk: (question) => reads.risk({ ...question, page }),
  stacks: (question) => reads.stacks({ ...question, page }),
})

/** All rows of a table under the parameters of a query string, with some of them changed. */
export const questionOf = (
  reads: EventReads,
  table: Table | 'stack',
  query: string,
  change: Partial<Params> = {},
): Promise<Question> => ask(reads, { ...paramsOf(table, query), ...everything, ...change }, now)
