import type { Context } from '#lib/access/context.ts'
import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { groupsChanged } from '#lib/http/changed-answer.ts'
import { decisionBytes, pagingOf } from '#lib/http/decisions.ts'
import { ifMatchOf, unlessChanged, withEtag } from '#lib/http/if-match.ts'
import { readJson } from '#lib/http/json-body.ts'
import { hostGroups } from '#lib/model/decisions.ts'
import { selectGroups } from '#lib/query/groups.ts'

async function groupsAnswer({ reads }: Pick<Context, 'reads'>): Promise<Response> {
  const page = await selectGroups(reads)
  return withEtag(Response.json(page), page.etag)
}

/** The host groups in their order, with the hosts that fall in each. */
export const GET = route(async ({ reads }, request: Request) => {
  const { problems } = pagingOf(request)
  return problems.length > 0 ? problemsAnswer(problems) : groupsAnswer({ reads })
})

/** Stores the complete list of groups in place of the one before. With If-Match only if that is still what was read. */
export const PUT = route(async ({ reads, writes, now }, request: Request) => {
  const asked = ifMatchOf(request)
  if ('refused' in asked) return asked.refused
  const { match } = asked
  const read = await readJson(request, hostGroups, decisionBytes)
  if ('refused' in read) return read.refused
  const { groups, author } = read.data
  const change = async () => {
    await writes.setGroups(groups, author, now, match)
    return groupsAnswer({ reads })
  }
  return unlessChanged(change, () => groupsChanged(reads, match))
})

export const { POST, PATCH, DELETE } = notAllowed('GET', 'PUT')
