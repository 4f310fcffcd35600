import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { decisionAnswer, decisionBytes } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'
import { newDecision, removalAsked } from '#lib/model/decisions.ts'
import { pathPart } from '#lib/params/hrefs.ts'

type At = RouteContext<'/api/v1/dispositions/[id]'>
const idOf = async ({ params }: At): Promise<string> => pathPart((await params).id) ?? ''

export const GET = route(async ({ reads, now }, _request: Request, at: At) => {
  const id = await idOf(at)
  const decision = await reads.decision(id)
  return decision === null ? notFoundAnswer(`decision ${id}`) : decisionAnswer(decision, now)
})

/** Changes a decision. It keeps its place among the others. */
export const PUT = route(async ({ reads, writes, now }, request: Request, at: At) => {
  const id = await idOf(at)
  const read = await readJson(request, newDecision, decisionBytes)
  if ('refused' in read) return read.refused
  const isThere = await writes.redecide(id, read.data, now)
  const decision = isThere ? await reads.decision(id) : null
  return decision === null ? notFoundAnswer(`decision ${id}`) : decisionAnswer(decision, now)
})

/** Deletes a decision. Its history stays, and it can be undone. */
export const DELETE = route(async ({ writes, now }, request: Request, at: At) => {
  const id = await idOf(at)
  const read = await readJson(request, removalAsked, decisionBytes)
  if ('refused' in read) return read.refused
  const isThere = await writes.forgetDecision(id, read.data.author, now)
  return isThere ? new Response(null, { status: 204 }) : notFoundAnswer(`decision ${id}`)
})

export const { POST, PATCH } = notAllowed('GET', 'PUT', 'DELETE')
