import type { IncomingMessage, ServerResponse } from 'node:http'

/** So long, in milliseconds, what is left of a body may still come after its request was answered. */
const patience = 5000

/**
 * Looks after a body whose request is answered before its end, as an upload that is refused. What is left of it is read, so that the
 * next request on the connection can be; if whoever read the beginning has closed the body, the connection is ended after the
 * answer. A sender that does not come to its end within a moment is cut off.
 */
export function discardRest(request: IncomingMessage, response: ServerResponse, limit = patience): void {
  // A body that was closed has none any more.
  const { socket } = request
  response.once('finish', () => {
    if (request.complete || socket.destroyed) return
    if (request.destroyed) socket.end()
    else {
      // Whoever read the beginning may still listen, and would hold back the rest.
      request.removeAllListeners('readable')
      request.on('data', () => {})
      request.resume()
    }
    const timer = setTimeout(() => socket.destroy(), limit)
    request.once('end', () => clearTimeout(timer))
    socket.once('close', () => clearTimeout(timer))
  })
}
