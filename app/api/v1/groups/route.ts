import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { decisionBytes, pagingOf } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'
import { hostGroups } from '#lib/model/decisions.ts'
import { selectGroups } from '#lib/query/groups.ts'

/** The host groups in their order, with the hosts that fall in each. */
export const GET = route(async ({ reads }, request: Request) => {
  const { problems } = pagingOf(request)
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(await selectGroups(reads))
})

/** Stores the complete list of groups in place of the one before. */
export const PUT = route(async ({ reads, writes, now }, request: Request) => {
  const read = await readJson(request, hostGroups, decisionBytes)
  if ('refused' in read) return read.refused
  await writes.setGroups(read.data.groups, read.data.author, now)
  return Response.json(await selectGroups(reads))
})

export const { POST, PATCH, DELETE } = notAllowed('GET', 'PUT')
