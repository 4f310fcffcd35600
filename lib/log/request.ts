import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { shared } from '#lib/process/shared.ts'

const storage = shared('request id', () => new AsyncLocalStorage<string>())

/** Returns a new request id. It is random and never taken from the client, so that a log line cannot be forged by it. */
export const newRequestId = (): string => randomBytes(12).toString('base64url')

/** Runs `work`; everything it logs, also later and in other threads that it calls, carries the request id. */
export const withRequest = <Result>(id: string, work: () => Result): Result => storage.run(id, work)

/** Returns the id of the request that is being answered, or undefined outside of one. */
export const requestId = (): string | undefined => storage.getStore()
