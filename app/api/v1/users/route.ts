import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'
import { unlessRefused, userAnswer, userBytes } from '#lib/http/users.ts'
import { accountPage, newUser } from '#lib/model/access.ts'
import { pageOf } from '#lib/params/page.ts'

const write = apiWriter(accountPage)

export const GET = route(async ({ reads, now }, request: Request) => {
  const { range, problems } = pagingOf(request)
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(write(pageOf(await reads.accounts(now), range)))
})

/** Adds an account. One that signs in here has no password yet: its one-time link sets it. */
export const POST = route(async (context, request: Request) => {
  const read = await readJson(request, newUser, userBytes)
  if ('refused' in read) return read.refused
  const { name, role, origin } = read.data
  return unlessRefused(async () => {
    if (origin === 'proxy') return userAnswer(context, await context.writes.addProxyAccount(name, role), null, 201)
    const { id, link } = await context.writes.addAccount(name, role)
    return userAnswer(context, id, link, 201)
  })
})

export const { PUT, PATCH, DELETE } = notAllowed('GET', 'POST')
