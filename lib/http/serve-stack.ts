import type { Context } from '#lib/access/context.ts'
import { isStackKey } from '#lib/asr/stack-key.ts'
import { eventRow } from '#lib/model/hunting.ts'
import { page } from '#lib/model/schema.ts'
import { namedStackMembers } from '#lib/model/stacks.ts'
import { defaultSort } from '#lib/params/columns.ts'
import { parseParams, searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { filterNames, paramSchemas, stackFilterNames } from '#lib/params/schema.ts'
import { selectDecided } from '#lib/query/decided.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { selectStackEvents, selectStackMembers } from '#lib/query/stacks.ts'
import { notFoundAnswer, problemsAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { namedStack } from './tables.ts'

/** Parameters of the table of stacks that one stack does not have: which stacks are shown, and in what order. */
const ofTable = ['maxHosts', 'maxEvents', 'maxShare', 'minRatio', 'seen', 'hint', 'sort', 'page', 'limit', 'tz']

/** The parameters of one stack: the events that are stacked, and by what. */
export const stackParams: readonly string[] = [
  ...Object.keys(paramSchemas('stack')).filter((name) => !ofTable.includes(name)),
  ...filterNames,
  ...stackFilterNames,
]

/** What a request asks about a stack; an answer if it makes no sense. */
async function read(
  { reads, now }: Context,
  request: Request,
  key: string,
  further: readonly string[],
): Promise<Question | Response> {
  const search = searchParamsOf(new URL(request.url))
  const { params, problems } = parseParams(search, 'stack', [], 'json')
  const extra = unknownParams(search, [...stackParams, ...further]).filter(({ param }) =>
    problems.every((problem) => problem.param !== param),
  )
  if (problems.length + extra.length > 0) return problemsAnswer([...problems, ...extra])
  return isStackKey(key) ? ask(reads, params, now) : missing(key)
}

const missing = (key: string): Response => notFoundAnswer(`stack ${key} among these fields, filters and times`)

const writeMembers = apiWriter(namedStackMembers)

/** Answers what one stack consists of. */
export async function serveStackMembers(context: Context, request: Request, key: string): Promise<Response> {
  const question = await read(context, request, key, [])
  if (question instanceof Response) return question
  const decided = await selectDecided(context.reads, context.now)
  const members = await selectStackMembers(context.reads, question, decided, key)
  if (members === null) return missing(key)
  return Response.json(writeMembers({ ...members, row: namedStack(question)(members.row) }))
}

const writeEvents = apiWriter(page(eventRow))

/** Answers a page of the events of one stack, the newest first. */
export async function serveStackEvents(context: Context, request: Request, key: string): Promise<Response> {
  const question = await read(context, request, key, ['page', 'limit'])
  if (question instanceof Response) return question
  const decided = await selectDecided(context.reads, context.now)
  const events = await selectStackEvents(context.reads, question, decided, key, defaultSort.events)
  return events.total === 0 ? missing(key) : Response.json(writeEvents(events))
}
