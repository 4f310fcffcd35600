import type { Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { closeQueue } from '#lib/access/uploads.ts'
import { log } from '#lib/log/log.ts'
import { closeStore } from '#lib/store/open.ts'

/** How long, in milliseconds, uploads may go on when the server is stopped, and how long answers may take after that. */
const finishing = { uploads: 4000, answers: 500 }

/** Ctrl-C in a terminal reaches this program and those that started it, which pass it on: the echo is not a second wish. */
const echo = 1000

/** Ends uploads, then connections, then the store. */
async function finish(servers: readonly Server[]): Promise<never> {
  const closed = servers.map((each) => new Promise((resolve) => each.close(resolve)))
  await closeQueue(finishing.uploads).catch((error) => log.error('Uploads could not be ended.', { error }))
  for (const each of servers) each.closeIdleConnections()
  await Promise.race([Promise.all(closed), wait(finishing.answers)])
  for (const each of servers) each.closeAllConnections()
  await Promise.all(closed)
  await closeStore()
  process.exit(0)
}

/** Ends the servers, and with them the program, at the first signal that asks for it; at a second one without waiting. */
export function finishOnSignal(servers: readonly Server[]): void {
  let leftAt: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (leftAt !== null && Date.now() - leftAt > echo) process.exit(1)
      if (leftAt !== null) return
      leftAt = Date.now()
      void finish(servers)
    })
  }
}
