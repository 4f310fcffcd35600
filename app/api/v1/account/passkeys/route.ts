import { addPasskey, offerPasskey } from '#lib/access/own-passkeys.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { ownSiteOf } from '#lib/http/passkey-host.ts'
import { changeAnswer, ownAccountOf, signInBytes } from '#lib/http/sign-in.ts'
import { ownPasskeys, passkeyMade } from '#lib/model/passkeys.ts'
import { passwordAgain } from '#lib/model/sign-in.ts'

const write = apiWriter(ownPasskeys)

/** The passkeys of the account, in the order in which they were added. */
export const GET = route(async ({ actor, reads }) => {
  const own = ownAccountOf({ actor })
  if (own instanceof Response) return own
  const rows = await reads.passkeys(own.id)
  return Response.json(write({ total: rows.length, rows }))
})

/** Says how a browser is to make a passkey. Nothing is stored. */
export const POST = route(async (context, request: Request) => {
  const asked = ownSiteOf(context, request)
  if (asked instanceof Response) return asked
  const read = await readJson(request, passwordAgain, signInBytes, true)
  if ('refused' in read) return read.refused
  const offered = await offerPasskey(asked.own, read.data.password, asked.site)
  if (offered.kind !== 'offer') return changeAnswer(offered)
  const { kind: _, ...offer } = offered
  return Response.json(offer)
})

/** Stores the passkey that the browser has made, and ends all other sessions. */
export const PUT = route(async (context, request: Request) => {
  const asked = ownSiteOf(context, request)
  if (asked instanceof Response) return asked
  const read = await readJson(request, passkeyMade, signInBytes, true)
  return 'refused' in read ? read.refused : changeAnswer(await addPasskey(asked.own, read.data, asked.site))
})

export const { PATCH, DELETE } = notAllowed('GET', 'POST', 'PUT')
