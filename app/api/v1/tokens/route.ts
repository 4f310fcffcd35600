import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { pagingOf } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'
import { madeToken, newToken, tokenPage } from '#lib/model/administration.ts'
import { pageOf } from '#lib/params/page.ts'

/** Bytes of a body about a token. */
const tokenBytes = 1 << 14

const writePage = apiWriter(tokenPage)
const writeMade = apiWriter(madeToken)

export const GET = route(async ({ reads }, request: Request) => {
  const { range, problems } = pagingOf(request)
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(writePage(pageOf(await reads.tokens(), range)))
})

/** Makes a token. This answer is the only place that ever has its secret. */
export const POST = route(async ({ writes, by, now }, request: Request) => {
  const read = await readJson(request, newToken, tokenBytes)
  if ('refused' in read) return read.refused
  const { name, scope, expiresAt = null } = read.data
  if (expiresAt !== null && expiresAt <= now) {
    const message = 'This time is over. Give one that is still to come, or null.'
    return problemsAnswer([{ param: 'expiresAt', value: new Date(expiresAt).toISOString(), message }])
  }
  const { id, secret } = await writes.makeToken(name, scope, expiresAt)
  const token = { ...{ id, name, scope, expiresAt }, madeBy: by.actor.name, createdAt: by.at, usedAt: null }
  return Response.json(writeMade({ token, secret }), { status: 201 })
})

export const { PUT, PATCH, DELETE } = notAllowed('GET', 'POST')
