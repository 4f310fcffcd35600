import { AsyncLocalStorage } from 'node:async_hooks'
import type { Progress } from '#lib/model/progress.ts'
import { shared } from '#lib/process/shared.ts'

/** Processes that answer questions, by kind: a slow question of one kind never delays those of another. */
export type Pool = 'pages' | 'watch' | 'exports' | 'stacks'

/** Who asks the store, and for how long the answer is of use. */
export type Asking = {
  pool: Exclude<Pool, 'exports' | 'stacks'>
  /** An address. Of several that wait, the client with the fewest open questions goes first. */
  client: string
  /** Aborted when the client has left. */
  signal: AbortSignal
  /** Called with how far a question about stacks is, if it takes long. */
  report?: (progress: Progress) => void
}

const storage = shared('asking', () => new AsyncLocalStorage<Asking>())

/** Runs `work`; the questions it asks the store, also later, are those of a request. */
export const withAsking = <Result>(asking: Asking, work: () => Result): Result => storage.run(asking, work)

/** Runs work that serves more than one request, and so must not end when the client of one of them leaves. */
export const asServer = <Result>(pool: Asking['pool'], work: () => Result): Result =>
  storage.run({ ...nobody, pool }, work)

const nobody: Asking = { pool: 'pages', client: 'server', signal: new AbortController().signal }

/** Returns whose question this is; outside of a request, the server's own. */
export const asking = (): Asking => storage.getStore() ?? nobody
