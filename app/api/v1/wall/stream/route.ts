import { route } from '#lib/http/answer.ts'
import { wallAnchor, wallStream } from '#lib/http/wall-feed.ts'

/** What the wall shows, again and again, as server-sent events. */
export const GET = route(async (request: Request) => {
  const headers = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  }
  return new Response(wallStream(wallAnchor(request), request.signal), { headers })
})
