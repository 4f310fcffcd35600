import { accountName, type By, type Role, type Scope, sessionLimits } from '#lib/model/access.ts'
import { changeAccess } from './identities.ts'
import { hashOf, newId, newSecret } from './random.ts'

type OneTimeLink = { secret: string; expiresAt: number }

/** A new one-time link: its secret, and what the store keeps of it. */
function newLink(now: number) {
  const secret = newSecret()
  return { secret, link: { hash: hashOf(secret), expiresAt: now + sessionLimits.link } }
}

/** What an actor may change of accounts, sessions and tokens. Whether it may is for the caller to ask. */
export const accountWrites = (by: By) => ({
  /** Makes an account without a password, and its one-time link. @throws NameTaken, AdminMissing */
  addAccount: async (name: string, role: Role): Promise<{ id: string; link: OneTimeLink }> => {
    const { secret, link } = newLink(by.at)
    const id = newId('a')
    await changeAccess('addAccount', { id, name: accountName.parse(name), role, origin: 'local' }, link, by)
    return { id, link: { secret, expiresAt: link.expiresAt } }
  },
  /** Makes an account of a user whom a proxy names. @throws NameTaken, AdminMissing */
  addProxyAccount: async (name: string, role: Role): Promise<string> => {
    const id = newId('a')
    await changeAccess('addAccount', { id, name: accountName.parse(name), role, origin: 'proxy' }, null, by)
    return id
  },
  /** Changes the role of an account, or disables or enables it; false if there is none. @throws LastAdmin */
  changeAccount: (id: string, change: { role?: Role; isDisabled?: boolean }): Promise<boolean> =>
    changeAccess('changeAccount', id, change, by),
  /**
   * Takes the password, second factors and sessions of an account away. Returns a new one-time link, or none if a provider or a proxy signs
   * it in; null if the account is unknown.
   */
  resetAccount: async (id: string): Promise<{ link: OneTimeLink | null } | null> => {
    const { secret, link } = newLink(by.at)
    const reset = await changeAccess('resetAccount', id, link, by)
    return reset === null ? null : { link: reset.hasLink ? { secret, expiresAt: link.expiresAt } : null }
  },
  /** Makes the one-time link for the first administrator; null if there is an account. */
  makeSetUpLink: async (): Promise<string | null> => {
    const { secret, link } = newLink(by.at)
    return (await changeAccess('makeSetUpLink', link, by)) ? secret : null
  },
  /** Ends a session of an account, or with null of any; false if there is none. */
  endSession: (id: string, account: string | null): Promise<boolean> =>
    changeAccess('endSession', id, account, 'session-ended', by),
  /** Ends the sessions of an account but one, and returns how many. */
  endSessionsOf: (account: string, except: string | null): Promise<number> =>
    changeAccess('endSessionsOf', account, except, by),
  /** Makes a token, and returns its secret, which nothing keeps. */
  makeToken: async (name: string, scope: Scope, expiresAt: number | null): Promise<{ id: string; secret: string }> => {
    const [id, secret] = [newId('t'), `asrhunt_${scope}_${newSecret()}`]
    await changeAccess('makeToken', { id, hash: hashOf(secret), name: accountName.parse(name), scope, expiresAt }, by)
    return { id, secret }
  },
  /** Revokes a token; false if there is none. */
  revokeToken: (id: string): Promise<boolean> => changeAccess('revokeToken', id, by),
  /** Records in the audit log that rows were exported. */
  recordExport: (what: Record<string, unknown>): Promise<void> => changeAccess('record', 'exported', null, what, by),
  /** Records in the audit log that a screen was opened with a token. */
  recordDisplay: (token: string): Promise<void> => changeAccess('record', 'display-opened', token, {}, by),
  /** Records which settings are others than at the last start. */
  seeSettings: (values: Readonly<Record<string, string>>): Promise<void> => changeAccess('seeSettings', values, by),
})
