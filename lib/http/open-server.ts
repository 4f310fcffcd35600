import { isClosed } from '#lib/access/identities.ts'
import { isLoopback, type Refusal } from './guard.ts'

/** Whether the settings let everybody in who reaches the server, as long as there is no account. */
export const opensWithoutAccounts = (environment = process.env): boolean =>
  environment.ALLOW_OPEN === '1' || (isLoopback(environment.HOST || '127.0.0.1') && !environment.TRUSTED_PROXIES)

/** Whether the server is open: anyone who reaches it is its one user. The first account closes it, also while it runs. */
export const isOpen = (): boolean => !isClosed() && opensWithoutAccounts()

/**
 * Returns why an open server does not answer a request that a proxy sent on: it listens on loopback so that only this machine reaches it,
 * and the proxy lets others in. `header`: what shows the proxy. Null if the request may be answered; ALLOW_OPEN=1 lets everybody in on purpose.
 */
export const openProxyRefusal = (header: string | null, environment = process.env): Refusal | null =>
  header === null || environment.ALLOW_OPEN === '1' || !isOpen()
    ? null
    : {
        status: 403,
        code: 'not-allowed',
        message:
          `This request came through a proxy (it has the header ${header}), and this server has no accounts: everybody who reaches the proxy could ` +
          'change everything. Set TRUSTED_PROXIES to the address of the proxy and add an administrator: npm run user -- add NAME --role admin. ' +
          'See docs/reverse-proxy.md.',
      }
