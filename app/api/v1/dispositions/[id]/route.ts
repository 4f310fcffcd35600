import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { decisionChanged } from '#lib/http/changed-answer.ts'
import { decisionAnswer, decisionBytes } from '#lib/http/decisions.ts'
import { ifMatchOf, unlessChanged } from '#lib/http/if-match.ts'
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

/** Changes a decision. It keeps its place among the others. With If-Match only if it is still what was read. */
export const PUT = route(async ({ reads, writes, now }, request: Request, at: At) => {
  const id = await idOf(at)
  const asked = ifMatchOf(request)
  if ('refused' in asked) return asked.refused
  const read = await readJson(request, newDecision, decisionBytes)
  if ('refused' in read) return read.refused
  const { match } = asked
  const change = async () => {
    const isThere = await writes.redecide(id, read.data, now, match)
    const decision = isThere ? await reads.decision(id) : null
    return decision === null ? notFoundAnswer(`decision ${id}`) : decisionAnswer(decision, now)
  }
  return unlessChanged(change, () => decisionChanged(reads, id, match))
})

/** Deletes a decision. Its history stays, and it can be undone. With If-Match only if it is still what was read. */
export const DELETE = route(async ({ reads, writes, now }, request: Request, at: At) => {
  const id = await idOf(at)
  const asked = ifMatchOf(request)
  if ('refused' in asked) return asked.refused
  const read = await readJson(request, removalAsked, decisionBytes)
  if ('refused' in read) return read.refused
  const { match } = asked
  const remove = async () => {
    const isThere = await writes.forgetDecision(id, read.data.author, now, match)
    return isThere ? new Response(null, { status: 204 }) : notFoundAnswer(`decision ${id}`)
  }
  return unlessChanged(remove, () => decisionChanged(reads, id, match))
})

export const { POST, PATCH } = notAllowed('GET', 'PUT', 'DELETE')
