import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '#lib/log/log.ts'
import { newRequestId, withRequest } from '#lib/log/request.ts'

/** Characters of an address that are logged. */
const longestPath = 1000

/**
 * Answers a request under an id of its own, which is sent as `X-Request-Id` and is part of every line that is logged
 * meanwhile. Answers of 500 and above are logged as errors, all others for debugging. If `answer` fails before it has
 * sent anything, the client gets 500.
 */
export function answerLogged(
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => Promise<unknown> | undefined,
): void {
  const id = newRequestId()
  const began = performance.now()
  // What answers may ask for another address in its place.
  const path = request.url?.slice(0, longestPath)
  const fields = () => ({
    method: request.method,
    path,
    status: response.statusCode,
    ms: Math.round(performance.now() - began),
  })
  withRequest(id, () => {
    response.setHeader('X-Request-Id', id)
    // Events of a connection happen outside of the request's context, hence the id once more.
    response.once('close', () =>
      withRequest(id, () => {
        if (response.statusCode >= 500) log.error('A request was answered with an error.', fields())
        else if (response.writableFinished) log.debug('A request was answered.', fields())
        else log.debug('A client left before its answer was complete.', fields())
      }),
    )
    const fail = (error: unknown) => {
      log.error('A request failed.', { ...fields(), error })
      if (response.headersSent) return void response.destroy()
      response.writeHead(500, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' })
      const message = `The server failed to answer. Its log says why, at request ${id}.`
      response.end(JSON.stringify({ error: { code: 'internal', message, detail: null } }))
    }
    try {
      answer()?.catch(fail)
    } catch (error) {
      fail(error)
    }
  })
}
