import { serverContext } from '#lib/access/context.ts'
import { isClosed } from '#lib/access/identities.ts'
import { opensWithoutAccounts } from '#lib/http/open-server.ts'
import { setUpHref } from '#lib/params/hrefs.ts'
import { stop } from './serve-settings.ts'
import { serverUrl } from './server-url.ts'

/** Ends the program if the settings let everybody in although there are accounts. */
export function checkOpenness(): void {
  if (process.env.ALLOW_OPEN === '1' && isClosed())
    stop(
      'ALLOW_OPEN is 1, but there are accounts: it would let everybody in without one. Unset it. To be let in again, see npm run user -- --help.',
    )
}

/**
 * Returns what to print if the server lets nobody in yet: a link with which the first administrator is made, new at each start.
 * Null if there is an account, or if none is needed. `port`: that the server listens on.
 */
export async function firstAdminText(port: number): Promise<string | null> {
  if (isClosed() || opensWithoutAccounts()) return null
  const { writes } = await serverContext()
  const secret = await writes.makeSetUpLink()
  if (secret === null) return null
  const url = serverUrl({ ...process.env, PORT: String(port) })
  return `No accounts yet. Open this link within 24 hours to add the first administrator:\n  ${url}${setUpHref(secret)}\n`
}
