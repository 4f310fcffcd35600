import { route } from '#lib/http/answer.ts'
import { currentWall, wallAnchor } from '#lib/http/wall-feed.ts'

/** What the wall shows, for walls that cannot hold a stream open. Times are milliseconds since 1970 UTC. */
export const GET = route(async (request: Request) => Response.json(await currentWall(wallAnchor(request))))
