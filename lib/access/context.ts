import { AsyncLocalStorage } from 'node:async_hooks'
import { newRequestId, requestId, withRequest } from '#lib/log/request.ts'
import type { By, Permission } from '#lib/model/access.ts'
import { shared } from '#lib/process/shared.ts'
import { getReads } from '#lib/store/open.ts'
import type { Reads } from '#lib/store/reads.ts'
import { type Actor, actorOf, serverActor, theLocalActor } from './actor.ts'
import { hasAccounts } from './identities.ts'
import { isAllowed } from './permissions.ts'
import { writesOf } from './writes.ts'

/** Who asks, at which moment, and what they can ask and change. `now` is the same for all that one request computes. */
export type Context = {
  actor: Actor
  /** The address of the client; null if it is this machine by the local socket, or the server itself. */
  address: string | null
  /** Whether the actor has a permission. */
  may: (permission: Permission) => boolean
  /** What the audit log says of this request. */
  by: By
  reads: Reads
  writes: ReturnType<typeof writesOf>
  /** Milliseconds since 1970 UTC. */
  now: number
  requestId: string
}

/** A request as it begins. Without `reads` it is answered from the store of this process. */
type Request = Pick<Context, 'actor' | 'address' | 'now' | 'requestId'> & Partial<Pick<Context, 'reads'>>

const requests = shared('requests', () => new AsyncLocalStorage<Request>())

const request = (actor: Actor): Request => ({
  actor,
  address: null,
  now: Date.now(),
  requestId: requestId() ?? newRequestId(),
})

async function opened(request: Request): Promise<Context> {
  const { actor, address, now, requestId } = request
  const by: By = { actor: actorOf(actor), address, request: requestId, at: now }
  return {
    ...request,
    by,
    may: (permission) => isAllowed(actor, permission),
    reads: request.reads ?? (await getReads()),
    writes: writesOf(by),
  }
}

/**
 * Runs `work` as the request of an actor: the context of all it does is made here, and what it logs has the id of the request.
 * A test passes another store, or another moment.
 */
export function asRequest<Result>(
  actor: Actor,
  work: () => Result,
  given: Partial<Pick<Context, 'reads' | 'now' | 'address'>> = {},
): Result {
  const made = { ...request(actor), ...given }
  return withRequest(made.requestId, () => requests.run(made, work))
}

/**
 * The context of the request that is being answered. Next's development server loses it now and then: there it is that of a
 * request of the local actor which begins now, as long as there is no account.
 * @throws if no request is being answered, or if the store cannot be opened
 */
export async function context(): Promise<Context> {
  const current = requests.getStore()
  if (current !== undefined) return opened(current)
  if (process.env.NODE_ENV === 'development') {
    if (await hasAccounts())
      throw new Error('There are accounts, which only bin/serve.ts knows: node bin/serve.ts --dev')
    return opened(request(theLocalActor))
  }
  throw new Error(
    'There is no context, since no request is being answered. Begin one with asRequest(), or use serverContext() for what the server does by itself.',
  )
}

/** What an actor may change who is only known since this request: the audit log names it. */
export const writesAs = (actor: Actor, { by }: Pick<Context, 'by'>): Context['writes'] =>
  writesOf({ ...by, actor: actorOf(actor) })

/** The context of what the server does by itself. */
export const serverContext = (): Promise<Context> => opened(request(serverActor))
