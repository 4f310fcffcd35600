import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { ownAccountOf } from '#lib/http/sign-in.ts'
import { ownAccount } from '#lib/model/sign-in.ts'

/** The account of the request. */
export const GET = route(async ({ actor, reads, now }) => {
  const own = ownAccountOf({ actor })
  if (own instanceof Response) return own
  const account = (await reads.accounts(now)).find(({ id }) => id === own.id)
  return account === undefined ? notFoundAnswer('such account any more') : Response.json(ownAccount.parse(account))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
