import { accountKey } from '#lib/model/access.ts'
import { shared } from '#lib/process/shared.ts'
import type { AttemptKeys, AttemptKind, Begun } from '#lib/store/access-writes.ts'
import { networkOf } from './network.ts'
import { openRate } from './rate.ts'
import { keyedHash } from './secret.ts'

const key = (kind: AttemptKind, ...parts: string[]): string => keyedHash('attempt', JSON.stringify([kind, ...parts]))

/** The keys under which attempts for a name from an address are counted. */
export function attemptKeys(name: string, address: string): Required<AttemptKeys> {
  const [account, network] = [accountKey(name), networkOf(address)]
  return { pair: key('pair', account, network), address: key('address', network), account: key('account', account) }
}

/** The keys under which sign-ins with the provider from an address are counted, before it is known whose they are. */
export function providerKeys(address: string): AttemptKeys {
  const network = networkOf(address)
  return { pair: key('pair', 'provider', '', network), address: key('address', network) }
}

/** The key under which sign-ins of a user of the provider are counted, wherever they come from. */
export const providerUserKeys = (issuer: string, subject: string): AttemptKeys => ({
  account: key('account', issuer, subject),
})

/** Refusals that are remembered at most. Each was preceded by attempts that were checked. */
const mostRefusals = 10_000
/** How many milliseconds a key is refused for, and since when. */
type Refused = { wait: number; since: number }
/** Which keys are refused: such an attempt needs no turn of the writer. */
const refusals = () => shared('refused attempts', () => new Map<string, Refused>())

/** The milliseconds until an attempt of these keys may be made again; 0 if none of them is known to be refused. */
export const refusedFor = (keys: AttemptKeys, now: number): number =>
  Math.max(0, ...Object.values(keys).map((each) => leftOf(refusals().get(each), now)))

/** What is left of a refusal, in milliseconds. Of one from the future, as before the clock was set back, the store knows what is left. */
const leftOf = (refused: Refused | undefined, now: number): number =>
  refused === undefined || refused.since > now ? 0 : refused.since + refused.wait - now

/** Remembers that the store refused an attempt. */
export function noteRefusal(keys: AttemptKeys, { wait, limit }: Pick<Begun, 'wait' | 'limit'>, now: number): void {
  const refused = limit === null ? undefined : keys[limit]
  if (refused === undefined) return
  const all = refusals()
  if (all.size >= mostRefusals) for (const [each, kept] of all) if (leftOf(kept, now) <= 0) all.delete(each)
  if (all.size < mostRefusals) all.set(refused, { wait, since: now })
}

/** Forgets refusals: a success takes attempts back, and the store knows what is left of them. */
export function forgetRefusals(keys: AttemptKeys): void {
  for (const each of Object.values(keys)) refusals().delete(each)
}

/** Invented one-time links of an address in 15 minutes. */
const mostLinks = 50
const links = () => shared('invented links', () => openRate(mostLinks, 15 * 60_000))

/** The milliseconds until a one-time link of an address is looked at again; 0 if it is now. */
export const linksRefusedFor = (address: string, now: number): number => links().wait(networkOf(address), now)

/** Counts an invalid one-time link from an address. */
export const noteInventedLink = (address: string, now: number): void => void links().take(networkOf(address), now)
