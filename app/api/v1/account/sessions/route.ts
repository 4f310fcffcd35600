import { notAllowed, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { ownAccountOf } from '#lib/http/sign-in.ts'
import { ownSessions } from '#lib/model/sign-in.ts'

const write = apiWriter(ownSessions)

/** The sessions of the account, the one used last first. */
export const GET = route(async ({ actor, reads, now }) => {
  const own = ownAccountOf({ actor })
  if (own instanceof Response) return own
  const sessions = await reads.sessions(own.id, now)
  const rows = sessions.map(({ account: _, name: __, ...each }) => ({ ...each, isCurrent: each.id === own.session }))
  return Response.json(write({ total: rows.length, rows }))
})

/** Ends all sessions of the account but that of the request. */
export const DELETE = route(async ({ actor, writes }) => {
  const own = ownAccountOf({ actor })
  return own instanceof Response ? own : Response.json({ ended: await writes.endSessionsOf(own.id, own.session) })
})

export const { POST, PUT, PATCH } = notAllowed('GET', 'DELETE')
