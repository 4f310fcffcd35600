import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { currentWall, wallParams } from '#lib/http/wall-figures.ts'
import { wallFor } from '#lib/http/wall-redacted.ts'
import { wallData } from '#lib/model/figures.ts'

const write = apiWriter(wallData)

/** What the wall shows, for walls that cannot keep a stream open. */
export const GET = route(async ({ actor }, request: Request) => {
  const { asked, problems } = wallParams(new URL(request.url))
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(write(wallFor(actor, await currentWall(asked))))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
