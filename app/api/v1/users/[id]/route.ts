import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { unlessRefused, userAnswer, userBytes } from '#lib/http/users.ts'
import { userChange } from '#lib/model/access.ts'
import { pathPart } from '#lib/params/hrefs.ts'

/** Changes the role of an account, or disables or enables it. One that is disabled is signed out everywhere. */
export const PUT = route(async (context, request: Request, at: RouteContext<'/api/v1/users/[id]'>) => {
  const id = pathPart((await at.params).id) ?? ''
  const read = await readJson(request, userChange, userBytes)
  if ('refused' in read) return read.refused
  return unlessRefused(async () => {
    const isThere = await context.writes.changeAccount(id, read.data)
    return isThere ? userAnswer(context, id, null) : notFoundAnswer(`user ${id}`)
  })
})

export const { GET, POST, PATCH, DELETE } = notAllowed('PUT')
