import { accountKey, type By, type Role, type SignInMethod, sessionLimits } from '#lib/model/access.ts'
import type {
  AttemptKeys,
  Begun,
  BegunByPasskey,
  NewPasskey,
  NewSecret,
  Secrets,
  SpentChallenge,
} from '#lib/store/access-writes.ts'
import { attemptKeys, forgetRefusals, noteRefusal, refusedFor } from './attempts.ts'
import { changeAccess } from './identities.ts'
import { hashOf, newId, newSecret } from './random.ts'

/** Characters that are kept of what a browser calls itself. */
const longestAgent = 200

/**
 * Where a session begins. `name`: what was attempted, whose failures from this address are forgotten; `attempt`: keys of another attempt.
 * `compared`: the stored hash that a password was compared with.
 */
type Beginning = {
  address: string
  agent: string
  name: string | null
  attempt?: AttemptKeys | null
  compared?: string | null
}

/** Counts an attempt, unless it is known to be refused: then the store is not asked. */
async function beginAttempt(keys: AttemptKeys, account: string | null, by: By): Promise<Omit<Begun, 'limit'>> {
  const wait = refusedFor(keys, by.at)
  if (wait > 0) return { wait, secrets: null }
  const begun = await changeAccess('beginAttempt', keys, account, by)
  noteRefusal(keys, begun, by.at)
  return begun
}

async function forgive(keys: AttemptKeys): Promise<void> {
  await changeAccess('forgiveAttempt', keys)
  forgetRefusals(keys)
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
  beginAttempt: (name: string, address: string) => beginAttempt(attemptKeys(name, address), accountKey(name), by),
  /** Counts an attempt that has no name. Returns the milliseconds to wait, 0 if it may be checked now. */
  countAttempt: async (keys: AttemptKeys): Promise<number> => (await beginAttempt(keys, null, by)).wait,
  /** Takes back an attempt whose password was right, and forgets what failed before for this name and address. */
  forgiveAttempt: (name: string, address: string): Promise<void> => forgive(attemptKeys(name, address)),
  /** Takes back an attempt whose password was right, but after which a code is needed: guesses of that are still counted together. */
  takeBackAttempt: (name: string, address: string): Promise<void> => {
    const { pair: _, ...others } = attemptKeys(name, address)
    return forgive(others)
  },
  /** Records that an attempt failed. `account` is the id of the account; null if there is none of the name. */
  failAttempt: (account: string | null, step: 'password' | 'code' | 'passkey' | 'oidc'): Promise<void> =>
    changeAccess('failAttempt', account, step, by),
  /**
   * Begins a session and returns the secret for its cookie; null if the account is gone or disabled, or if its password was changed since
   * it was compared.
   */
  signIn: async (
    account: string,
    method: SignInMethod,
    { address, agent, name, attempt = null, compared = null }: Beginning,
  ): Promise<Session | null> => {
    const { made, session } = newSession(account, method, address, agent, by.at)
    const keys = name === null ? attempt : attemptKeys(name, address)
    const isMade = await changeAccess('signIn', { ...made, compared }, keys, by)
    if (isMade && keys !== null) forgetRefusals(keys)
    return isMade ? session : null
  },
  signOut: (session: string): Promise<boolean> => changeAccess('endSession', session, null, 'signed-out', by),
  /**
   * Uses a one-time link up: sets the password, given as its hash. `name`: of the first administrator. Returns the account; null
   * if the link is gone.
   */
  spendLink: (secret: string, password: string, name: string | null): Promise<string | null> =>
    changeAccess('useLink', hashOf(secret), password, name === null ? null : { id: newId('a'), name }, by),
  /** Finds or makes the account of a provider's user, with the role; null if it is disabled. @throws LastAdmin, AdminMissing */
  externalAccount: (user: { issuer: string; subject: string; name: string; role: Role }): Promise<string | null> =>
    changeAccess('externalAccount', { ...user, id: newId('a') }, by),
  secretsOf: (account: string): Promise<Secrets | null> => changeAccess('secretsOf', account),
  /** False if the password was changed since it was compared. */
  setPassword: (account: string, password: NewSecret<string>, except: string | null): Promise<boolean> =>
    changeAccess('setPassword', account, password, except, by),
  /** The secret is sealed; null removes it. False if the password was changed since it was compared. */
  setTotp: (account: string, totp: NewSecret<string | null>, except: string | null): Promise<boolean> =>
    changeAccess('setTotp', account, totp, except, by),
  /** Uses a step of TOTP up; false if it was used before. */
  spendTotpStep: (account: string, step: number): Promise<boolean> => changeAccess('useTotpStep', account, step),
  /** Counts an attempt with a passkey, uses its challenge up and finds the passkey. `name`: what is attempted. */
  beginPasskey: async (
    name: string,
    address: string,
    key: string,
    challenge: SpentChallenge,
  ): Promise<Omit<BegunByPasskey, 'limit'>> => {
    const keys = attemptKeys(name, address)
    const wait = refusedFor(keys, by.at)
    if (wait > 0) return { wait, isFresh: false, passkey: null }
    const begun = await changeAccess('beginPasskey', keys, key, challenge, by)
    noteRefusal(keys, begun, by.at)
    return begun
  },
  /** Begins a session as `signIn` does, by a passkey that was checked; null if it was removed, or if its counter says that it was copied. */
  signInByPasskey: async (
    { key, counter }: { key: string; counter: number },
    account: string,
    { address, agent, name }: { address: string; agent: string; name: string },
  ): Promise<Session | null> => {
    const { made, session } = newSession(account, 'passkey', address, agent, by.at)
    const keys = attemptKeys(name, address)
    const isMade = await changeAccess('usePasskey', key, counter, { ...made, compared: null }, keys, by)
    if (isMade) forgetRefusals(keys)
    return isMade ? session : null
  },
  /** Uses a challenge up; false if it was used before or has expired. */
  spendChallenge: (challenge: SpentChallenge): Promise<boolean> => changeAccess('spendChallenge', challenge, by.at),
  addPasskey: (account: string, made: { passkey: NewPasskey; compared: string | null }, session: string | null) =>
    changeAccess('addPasskey', account, made, session, by),
  removePasskey: (
    account: string,
    removed: { key: string; compared: string | null },
    session: string | null,
  ): Promise<boolean> => changeAccess('removePasskey', account, removed, session, by),
})
