import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Asking, withAsking } from '#lib/store/asking.ts'
import { ClientLeft } from '#lib/store/read-errors.ts'
import type { Refusal } from './guard.ts'

/** Requests that read, open at once: of one client, and of all. A browser has six of one page. */
const limits = { client: 64, all: 256 }

/** Addresses that watch over the server: answered by processes of their own, however busy the others are. */
const watched = /^\/(wall|api\/v1\/(wall|health))(?=[/?]|$)/

/** Whether a request counts: one that writes takes its turn elsewhere, and a file of the program costs nothing. */
const isCounted = ({ method, url = '' }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && !watched.test(url) && !url.startsWith('/_next/')

/**
 * Counts the open requests of each client. One whose answer waits for its client for `idle` milliseconds, without a byte
 * being taken, is closed: it would keep its place for as long as the client likes.
 */
export function openVisitors({ idle = 60_000 } = {}) {
  const open = new Map<string, number>()
  let all = 0

  return {
    /** Returns why a request is not answered now; null if it may be. */
    refusal: (request: IncomingMessage, client: string): Refusal | null =>
      isCounted(request) && (all >= limits.all || (open.get(client) ?? 0) >= limits.client)
        ? {
            status: 503,
            code: 'busy',
            message: 'The server is answering too many requests at once. Try again in a few seconds.',
          }
        : null,
    /** Runs `answer`; what it asks the store is asked for this client, and given up when the answer ends or the client leaves. */
    serve: <Result>(
      request: IncomingMessage,
      response: ServerResponse,
      client: string,
      answer: () => Result,
    ): Result => {
      const left = new AbortController()
      const counts = isCounted(request)
      if (counts) {
        all += 1
        open.set(client, (open.get(client) ?? 0) + 1)
        // Nothing waits while the server itself is still busy with the answer.
        response.setTimeout(idle, () => {
          if (response.writableLength > 0) response.destroy()
        })
      }
      response.once('close', () => {
        // Also after a complete answer, such as that to a HEAD, of which no row is taken.
        left.abort(new ClientLeft())
        if (!counts) return
        all -= 1
        const rest = (open.get(client) ?? 1) - 1
        if (rest === 0) open.delete(client)
        else open.set(client, rest)
      })
      const pool: Asking['pool'] = watched.test(request.url ?? '') ? 'watch' : 'pages'
      return withAsking({ pool, client, signal: left.signal }, answer)
    },
  }
}
