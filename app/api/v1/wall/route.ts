import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { currentWall, wallParams } from '#lib/http/wall-figures.ts'

/** What the wall shows, for walls that cannot hold a stream open. Times are milliseconds since 1970 UTC. */
export const GET = route(async (_context, request: Request) => {
  const { anchor, problems } = wallParams(new URL(request.url))
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(await currentWall(anchor))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
