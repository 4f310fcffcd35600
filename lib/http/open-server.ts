import { isClosed } from '#lib/access/identities.ts'
import { isLoopback } from './guard.ts'

/** Whether the settings let everybody in who reaches the server, as long as there is no account. */
export const opensWithoutAccounts = (environment = process.env): boolean =>
  environment.ALLOW_OPEN === '1' || (isLoopback(environment.HOST || '127.0.0.1') && !environment.TRUSTED_PROXIES)

/** Whether the server is open: anyone who reaches it is its one user. The first account closes it, also while it runs. */
export const isOpen = (): boolean => !isClosed() && opensWithoutAccounts()
