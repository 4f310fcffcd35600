import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { wallParams, wallStream } from '#lib/http/wall-feed.ts'

/** What the wall shows, again and again, as server-sent events. */
export const GET = route(async (request: Request) => {
  const { anchor, problems } = wallParams(request)
  if (problems.length > 0) return problemsAnswer(problems)
  const headers = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  }
  return new Response(wallStream(anchor, request.signal), { headers })
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
