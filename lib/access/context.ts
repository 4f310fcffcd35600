import { AsyncLocalStorage } from 'node:async_hooks'
import { newRequestId, requestId } from '#lib/log/request.ts'
import { shared } from '#lib/process/shared.ts'
import { getReads } from '#lib/store/open.ts'
import type { Reads } from '#lib/store/reads.ts'
import { type Actor, serverActor, theLocalActor } from './actor.ts'
import { nameRule } from './rules.ts'
import { removeUpload, undoUpload, upload } from './uploads.ts'

/** What a request may change. */
const writes = { upload, removeUpload, undoUpload, nameRule }

/** Who asks, at which moment, and what they can ask and change. `now` is the same for all that one request computes. */
export type Context = {
  actor: Actor
  reads: Reads
  writes: typeof writes
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
  writes,
})

/**
 * Runs `work` as the request of an actor: the context of all it does is made here. A test gives another store, or another
 * moment.
 */
export const asRequest = <Result>(
  actor: Actor,
  work: () => Result,
  given: Partial<Pick<Context, 'reads' | 'now'>> = {},
): Result => requests.run({ ...request(actor), ...given }, work)

/**
 * The context of the request that is being answered. Outside of one, as in `next dev`, it is that of a request of the local
 * actor which begins now. @throws if the store cannot be opened
 */
export const context = (): Promise<Context> => opened(requests.getStore() ?? request(theLocalActor))

/** The context of what the server does by itself. */
export const serverContext = (): Promise<Context> => opened(request(serverActor))
