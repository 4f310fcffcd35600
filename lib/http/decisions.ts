import { z } from 'zod'
import type { Context } from '#lib/access/context.ts'
import {
  type Decision,
  type DecisionPreview,
  decisionFile,
  decisionFileFormat,
  decisionPage,
  decisionPreview,
  listedDecision,
  mostDecisions,
  newDecision,
  type StoredDecision,
} from '#lib/model/decisions.ts'
import { pageOf, pageRange } from '#lib/params/page.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { paramSchemas } from '#lib/params/schema.ts'
import { appliesAt, previewDecisions, selectDecided } from '#lib/query/decided.ts'
import { isTooMany } from '#lib/store/errors.ts'
import { errorAnswer, problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { filterMacros } from './decisions-spl.ts'
import { recordExport } from './export-record.ts'
import { withEtag } from './if-match.ts'

/** Bytes of a body with one decision, and with a list of them. */
export const decisionBytes = 1 << 20
export const listBytes = 16 << 20

/** Decisions that can be made at once. */
export const mostAtOnce = 100

/** What is sent to decide: one decision, or several about as many stacks. */
export const decisionsAsked = z.object({ decisions: z.array(newDecision).min(1).max(mostAtOnce) })

/** What is sent to see what deciding would do. `replaces`: the id of the stored decision that the only one is to replace. */
export const previewAsked = decisionsAsked.extend({ replaces: z.string().optional() })

const listed = (decision: StoredDecision, now: number) => ({ ...decision, applies: appliesAt(decision, now) })
const writeDecision = apiWriter(listedDecision)
const writePage = apiWriter(decisionPage)
const writeFile = apiWriter(
  z.object({ format: z.string(), version: z.number(), decisions: z.array(decisionFile.shape.decisions.element) }),
)
const writePreview = apiWriter(decisionPreview)

export const decisionAnswer = (decision: StoredDecision, now: number): Response =>
  withEtag(Response.json(writeDecision(listed(decision, now))), decision.etag)

/** The answer to a write that may find too many decisions. */
export async function unlessTooMany(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (isTooMany(error)) return errorAnswer(409, 'too-many', error.message, { most: mostDecisions })
    throw error
  }
}

/** What `page` and `limit` of an address mean; a problem for each parameter that makes no sense. */
export function pagingOf(request: Request, own: readonly string[] = []) {
  const search = searchParamsOf(new URL(request.url))
  const { page, limit } = paramSchemas('uploads')
  const problems = unknownParams(search, ['page', 'limit', ...own])
  const read = (name: 'page' | 'limit', schema: typeof page): number | null => {
    const text = [search[name]].flat().at(-1)
    if (text === undefined || text === '') return null
    const { data, error } = schema.safeParse(text)
    if (error !== undefined) problems.push({ param: name, value: text, message: error.issues[0]?.message ?? '' })
    return data ?? null
  }
  const range = pageRange({ page: read('page', page) ?? 1, limit: read('limit', limit) })
  return { range, problems, format: [search.format].flat().at(-1) ?? 'json' }
}

/** The decisions: a page of them, the complete list as a file to import elsewhere, or Splunk's macros. */
export async function listDecisions(context: Context, request: Request): Promise<Response> {
  const { reads, now } = context
  const { range, problems, format } = pagingOf(request, ['format'])
  if (!['json', 'file', 'spl'].includes(format))
    problems.push({ param: 'format', value: format, message: 'Give json, file or spl.' })
  if (problems.length > 0) return problemsAnswer(problems)
  if (format !== 'json') await recordExport(context, request, format)
  if (format === 'spl') {
    const decided = await selectDecided(reads, now)
    const headers = { 'Content-Type': 'text/plain; charset=utf-8' }
    return new Response(filterMacros(decided.decisions, decided.groups), { headers })
  }
  const decisions = await reads.decisions()
  if (format === 'json') {
    const { total, rows } = pageOf(decisions, range)
    return Response.json(writePage({ total, rows: rows.map((each) => listed(each, now)) }))
  }
  const plain = decisions.map(({ etag: _, ...decision }) => decision)
  const file = writeFile({ format: decisionFileFormat, version: 1, decisions: plain })
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="asr-hunt-dispositions.json"',
    },
  })
}

/** What storing some decisions would do. */
export async function previewAnswer({ reads, now }: Context, asked: readonly Decision[]): Promise<Response> {
  const preview: DecisionPreview = await previewDecisions(reads, asked, now)
  return Response.json(writePreview(preview))
}
