import { AsyncLocalStorage } from 'node:async_hooks'
import { newRequestId, requestId, withRequest } from '#lib/log/request.ts'
import { shared } from '#lib/process/shared.ts'
import { getReads } from '#lib/store/open.ts'
import type { Reads } from '#lib/store/reads.ts'
import { type Actor, serverActor, theLocalActor } from './actor.ts'
import { writesOf } from './writes.ts'

/** Who asks, at which moment, and what they can ask and change. `now` is the same for all that one request computes. */
export type Context = {
  actor: Actor
  reads: Reads
  writes: ReturnType<typeof writesOf>
  /** Milliseconds since 1970 UTC. */
  now: number
  requestId: string
}

/** A request as it begins. Without `reads` it is answered from the store of this process. */
type Request = Omit<Context, 'reads' | 'writes'> & Partial<Pick<Context, 'reads'>>

const requests = shared('requests', () => new AsyncLocalStorage<Request>())

const request = (actor: Actor): Request => ({ actor, now: Date.now(), requestId: requestId() ?? newRequestId() })

const opened = async (request: Request): Promise<Context> => ({
  ...request,
  reads: request.reads ?? (await getReads()),
  writes: writesOf(request.actor),
})

/**
 * Runs `work` as the request of an actor: the context of all it does is made here, and what it logs has the id of the request.
 * A test gives another store, or another moment.
 */
export function asRequest<Result>(
  actor: Actor,
  work: () => Result,
  given: Partial<Pick<Context, 'reads' | 'now'>> = {},
): Result {
  const made = { ...request(actor), ...given }
  return withRequest(made.requestId, () => requests.run(made, work))
}

/**
 * The context of the request that is being answered. Next's development server loses it now and then: there it is that of a
 * request of the local actor which begins now.
 * @throws if no request is being answered, or if the store cannot be opened
 */
export async function context(): Promise<Context> {
  const current = requests.getStore()
  if (current !== undefined) return opened(current)
  if (process.env.NODE_ENV === 'development') return opened(request(theLocalActor))
  throw new Error(
    'There is no context, since no request is being answered. Begin one with asRequest(), or use serverContext() for what the server does by itself.',
  )
}

/** The context of what the server does by itself. */
export const serverContext = (): Promise<Context> => opened(request(serverActor))
