import { serverContext } from '#lib/access/context.ts'
import { isClosed } from '#lib/access/identities.ts'
import { opensWithoutAccounts } from '#lib/http/open-server.ts'
import { wayIn } from '#lib/http/way-in.ts'
import { setUpHref } from '#lib/params/hrefs.ts'
import { stop } from './serve-settings.ts'

/** Ends the program if the settings let everybody in although there are accounts. */
export function checkOpenness(): void {
  if (process.env.ALLOW_OPEN === '1' && isClosed())
    stop(
      'ALLOW_OPEN is 1, but there are accounts: it would let everybody in without one. Unset it. To be let in again, see npm run user -- --help.',
    )
}

/**
 * Returns what to print if the server lets nobody in yet: a link with which the first administrator is made, new at each start.
 * Null if there is an account, or if none is needed. `url` is the address that the server listens on, `hosts` are the names under
 * which browsers reach it.
 */
export async function firstAdminText(url: string, hosts: ReadonlySet<string>): Promise<string | null> {
  if (isClosed() || opensWithoutAccounts()) return null
  const { writes } = await serverContext()
  const secret = await writes.makeSetUpLink()
  if (secret === null) return null
  const [name] = hosts
  const base = wayIn() === 'proxies' ? `https://${name}` : withName(url, name)
  return `There is no account yet. Within 24 hours, open this link to make the first administrator:\n  ${base}${setUpHref(secret)}\n`
}

/** An address with the name under which browsers reach it, if there is one. */
function withName(url: string, name: string | undefined): string {
  const { protocol, port, host } = new URL(url)
  return `${protocol}//${name === undefined ? host : `${name}${port === '' ? '' : `:${port}`}`}`
}
