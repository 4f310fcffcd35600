import { accountKey, type By, type Role, type SignInMethod, sessionLimits } from '#lib/model/access.ts'
import type { AttemptKeys, NewPasskey, OfferedPasskey, Secrets, SpentChallenge } from '#lib/store/access-writes.ts'
import { changeAccess } from './identities.ts'
import { networkOf } from './network.ts'
import { hashOf, newId, newSecret } from './random.ts'
import { keyedHash } from './secret.ts'

/** Characters that are kept of what a browser calls itself. */
const longestAgent = 200

/** The keys under which attempts for a name from an address are counted. */
export function attemptKeys(name: string, address: string): AttemptKeys {
  const [account, network] = [accountKey(name), networkOf(address)]
  const key = (kind: keyof AttemptKeys, ...parts: string[]): string =>
    keyedHash('attempt', JSON.stringify([kind, ...parts]))
  return { pair: key('pair', account, network), address: key('address', network), account: key('account', account) }
}

/** A session that has begun: its secret, for the cookie, its id, and when it ends at the latest. */
type Session = { secret: string; session: string; expiresAt: number }

/** A new session, and what the store keeps of it. */
function newSession(account: string, method: SignInMethod, address: string, text: string, now: number) {
  const [id, secret, expiresAt] = [newId('s'), newSecret(), now + sessionLimits.longest]
  const agent = text.slice(0, longestAgent)
  const made = { id, hash: hashOf(secret), account, method, address, agent, expiresAt }
  return { made, session: { secret, session: id, expiresAt } satisfies Session }
}

/** What signing in may change. Nothing else may use it: it gives out what accounts are checked with. */
export const signInWrites = (by: By) => ({
  /** Counts an attempt before it is checked. `wait`: milliseconds, 0 if it may be checked now. */
  beginAttempt: (name: string, address: string): Promise<{ wait: number; secrets: Secrets | null }> =>
    changeAccess('beginAttempt', attemptKeys(name, address), accountKey(name), by),
  /** Records that an attempt failed. `account` is the id of the account; null if there is none of the name. */
  failAttempt: (account: string | null, step: 'password' | 'code' | 'passkey' | 'oidc'): Promise<void> =>
    changeAccess('failAttempt', account, step, by),
  /**
   * Begins a session and returns the secret for its cookie; null if the account is gone or disabled. `name`: what was attempted, whose
   * failures from this address are forgotten.
   */
  signIn: async (
    account: string,
    method: SignInMethod,
    { address, agent, name }: { address: string; agent: string; name: string | null },
  ): Promise<Session | null> => {
    const { made, session } = newSession(account, method, address, agent, by.at)
    const isMade = await changeAccess('signIn', made, name === null ? null : attemptKeys(name, address), by)
    return isMade ? session : null
  },
  signOut: (session: string): Promise<boolean> => changeAccess('endSession', session, null, 'signed-out', by),
  /** What a one-time link is for; null if it is gone. */
  linkFor: (secret: string) => changeAccess('linkFor', hashOf(secret), by.at),
  /**
   * Uses a one-time link up: sets the password, given as its hash. `name`: of the first administrator. Returns the account; null
   * if the link is gone.
   */
  spendLink: (secret: string, password: string, name: string | null): Promise<string | null> =>
    changeAccess('useLink', hashOf(secret), password, name === null ? null : { id: newId('a'), name }, by),
  /** Finds or makes the account of a provider's user, with the role; null if it is disabled. @throws LastAdmin */
  externalAccount: (user: { issuer: string; subject: string; name: string; role: Role }): Promise<string | null> =>
    changeAccess('externalAccount', { ...user, id: newId('a') }, by),
  secretsOf: (account: string): Promise<Secrets | null> => changeAccess('secretsOf', account),
  setPassword: (account: string, password: string, except: string | null): Promise<void> =>
    changeAccess('setPassword', account, password, except, by),
  /** `secret` is sealed; null removes it. */
  setTotp: (account: string, secret: string | null, except: string | null): Promise<void> =>
    changeAccess('setTotp', account, secret, except, by),
  /** Uses a step of TOTP up; false if it was used before. */
  spendTotpStep: (account: string, step: number): Promise<boolean> => changeAccess('useTotpStep', account, step),
  /** Counts an attempt with a passkey, uses its challenge up and finds the passkey. `name`: what is attempted. */
  beginPasskey: (
    name: string,
    address: string,
    key: string,
    challenge: SpentChallenge,
  ): Promise<{ wait: number; isFresh: boolean; passkey: OfferedPasskey | null }> =>
    changeAccess('beginPasskey', attemptKeys(name, address), key, challenge, by),
  /** Begins a session as `signIn` does, by a passkey that was checked; null if it was removed, or if its counter says that it was copied. */
  signInByPasskey: async (
    { key, counter }: { key: string; counter: number },
    account: string,
    { address, agent, name }: { address: string; agent: string; name: string },
  ): Promise<Session | null> => {
    const { made, session } = newSession(account, 'passkey', address, agent, by.at)
    const isMade = await changeAccess('usePasskey', key, counter, made, attemptKeys(name, address), by)
    return isMade ? session : null
  },
  /** Uses a challenge up; false if it was used before or has expired. */
  spendChallenge: (challenge: SpentChallenge): Promise<boolean> => changeAccess('spendChallenge', challenge, by.at),
  addPasskey: (account: string, passkey: NewPasskey, session: string | null) =>
    changeAccess('addPasskey', account, passkey, session, by),
  removePasskey: (account: string, key: string, session: string | null): Promise<boolean> =>
    changeAccess('removePasskey', account, key, session, by),
})
