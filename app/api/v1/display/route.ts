import { actorOf } from '#lib/access/actor.ts'
import { writesAs } from '#lib/access/context.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { bearerIn, displayActor, displayAnswer, displayBytes } from '#lib/http/display.ts'
import { countExport } from '#lib/http/export-limit.ts'
import { readJson } from '#lib/http/json-body.ts'
import { displaySent } from '#lib/model/administration.ts'

/** Opens the wall on a screen with a display token, which is in a header or in the body, and nowhere else. */
export const POST = route(async (context, request: Request) => {
  const given = bearerIn(request.headers)
  const read = given === null ? await readJson(request, displaySent, displayBytes, true) : { data: { token: given } }
  if ('refused' in read) return read.refused
  const secret = read.data.token
  const actor = displayActor(secret, context.now)
  if (actor instanceof Response) return actor
  countExport({ actor, by: { ...context.by, actor: actorOf(actor) } })
  await writesAs(actor, context).recordDisplay(actor.id)
  return displayAnswer(request, secret)
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
