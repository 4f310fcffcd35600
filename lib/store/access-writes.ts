import type { AuditAction, By, Origin, Role, Scope, SignInMethod } from '#lib/model/access.ts'

export type NewAccount = { id: string; name: string; role: Role; origin: 'local' | 'proxy' }
export type ExternalAccount = { id: string; name: string; role: Role; issuer: string; subject: string }
export type NewLink = { hash: string; expiresAt: number }
export type NewSession = {
  id: string
  hash: string
  account: string
  method: SignInMethod
  address: string
  agent: string
  expiresAt: number
  /** The stored hash that a password was compared with: nothing begins if it is another one by now. Null if none was compared. */
  compared: string | null
}
export type NewToken = { id: string; hash: string; name: string; scope: Scope; expiresAt: number | null }

export type AttemptKind = 'pair' | 'address' | 'account'
/** Keyed hashes of the name and the address of an attempt to sign in, and of both, as far as they are known. */
export type AttemptKeys = Partial<Record<AttemptKind, string>>

/** A new secret of an account, and the stored hash that the password was compared with. Null: none was compared. */
export type NewSecret<Secret> = { secret: Secret; compared: string | null }

/** An attempt that was counted, or refused: then `limit` says for what there were too many, and `wait` is above 0. */
export type Begun = { wait: number; limit: AttemptKind | null; secrets: Secrets | null }

export type Use = { kind: 'session' | 'token' | 'account'; id: string; at: number }

/** `secret`: the public key, base64url. `host`: the name of this server that it is for. */
export type NewPasskey = { key: string; name: string; secret: string; counter: number; host: string }
/** A passkey that somebody signs in with: its account, its name, its public key. */
export type OfferedPasskey = {
  account: string
  accountName: string
  isDisabled: boolean
  name: string
  secret: string
}
/** An attempt with a passkey that was counted, or refused as `Begun` says. */
export type BegunByPasskey = Omit<Begun, 'secrets'> & { isFresh: boolean; passkey: OfferedPasskey | null }
/** A challenge that is answered, as its hash. */
export type SpentChallenge = { hash: string; expiresAt: number }

/** What an account is checked with. Nothing but sign-in may ask for it. */
export type Secrets = {
  account: string
  name: string
  isDisabled: boolean
  origin: Origin
  password: string | null
  /** `step`: the newest that was used. */
  totp: { secret: string; step: number } | null
}

type IdentityOfAccount = {
  id: string
  name: string
  key: string
  role: Role
  origin: Origin
  isDisabled: boolean
  usedAt: number | null
}

/** Who may use the server, as far as a request needs it. Each is what the store has after a change. */
export type Identities = {
  accounts: IdentityOfAccount[]
  sessions: { id: string; hash: string; account: string; createdAt: number; usedAt: number; expiresAt: number }[]
  tokens: { id: string; hash: string; name: string; scope: Scope; expiresAt: number | null; usedAt: number | null }[]
  /** One-time links, also those that have expired. `account` is null for that of the first administrator. */
  links: { hash: string; account: string | null; expiresAt: number }[]
}

/**
 * What changes accounts, sessions and tokens. Each call is one transaction with its rows of the audit log. Secrets come as hashes
 * only.
 */
export type AccessWrites = {
  /** @throws NameTaken, or AdminMissing if it is the first account and not an administrator */
  addAccount(made: NewAccount, link: NewLink | null, by: By): void
  /** Changes an account; false if there is none. One that is disabled has no session and no link any more. @throws LastAdmin */
  changeAccount(id: string, change: { role?: Role; isDisabled?: boolean }, by: By): boolean
  /**
   * Takes the password, second factors and sessions of an account away, and makes its link unless it signs in elsewhere. `hasLink` says
   * whether there is one; null if the account is unknown.
   */
  resetAccount(id: string, link: NewLink, by: By): { hasLink: boolean } | null
  /** Makes the link for the first administrator, in place of an earlier one; false if there is an account. */
  makeSetUpLink(link: NewLink, by: By): boolean
  /**
   * Uses a link up: sets the password of its account and ends all its sessions, or makes the first administrator under `first`.
   * Returns the account; null if the link is gone. @throws NameTaken
   */
  useLink(hash: string, password: string, first: { id: string; name: string } | null, by: By): string | null
  /** Finds an account by its issuer and subject and gives it the role, or makes it; null if it is disabled. @throws LastAdmin, AdminMissing */
  externalAccount(found: ExternalAccount, by: By): string | null

  /**
   * Counts an attempt to sign in and returns what to check it with, or how many milliseconds to wait and by which limit: then it is not
   * to be checked. `key` is the name as names are compared; null if the attempt has none.
   */
  beginAttempt(keys: AttemptKeys, key: string | null, by: By): Begun
  /** Takes back an attempt that was right: forgets what failed under `pair`, and counts one less under the other keys. */
  forgiveAttempt(keys: AttemptKeys): void
  /** Records that an attempt failed. `account` is null if there is none of the name. */
  failAttempt(account: string | null, step: string, by: By): void
  /**
   * Begins a session and forgets the attempts that it took; false if the account is gone or disabled, or its password was changed since
   * it was compared. Of more sessions than an account may have, those end that were not used for longest.
   */
  signIn(made: NewSession, attempt: AttemptKeys | null, by: By): boolean
  /** What an account is checked with; null if there is none. */
  secretsOf(account: string): Secrets | null
  /** Ends a session, of this account or, with null, of any; false if there is none. */
  endSession(id: string, account: string | null, action: 'signed-out' | 'session-ended', by: By): boolean
  /** Ends the sessions of an account but one, and returns how many. */
  endSessionsOf(account: string, except: string | null, by: By): number

  /** Sets a password, as its hash, and ends all sessions but one; false if it was changed since it was compared. */
  setPassword(account: string, password: NewSecret<string>, except: string | null, by: By): boolean
  /** Sets the secret of TOTP, or with null removes it, and ends all sessions but one; false as for `setPassword`. */
  setTotp(account: string, totp: NewSecret<string | null>, except: string | null, by: By): boolean
  /** Uses a step of TOTP up; false if it, or a later one, was used before. */
  useTotpStep(account: string, step: number): boolean
  /**
   * Stores a passkey for whoever has a session, and ends all others. `ended`: the session was ended meanwhile, as when the account is
   * reset; `changed`: the password was changed since it was compared; `taken`: some account has the passkey already.
   */
  addPasskey(
    account: string,
    made: { passkey: NewPasskey; compared: string | null },
    session: string | null,
    by: By,
  ): 'added' | 'ended' | 'changed' | 'taken' | 'too-many'
  /**
   * Removes a passkey of an account for whoever has a session, and ends all others; false if there is none, no session any more, or if the
   * password was changed since it was compared.
   */
  removePasskey(
    account: string,
    removed: { key: string; compared: string | null },
    session: string | null,
    by: By,
  ): boolean
  /**
   * Counts an attempt to sign in with a passkey, as `beginAttempt` does, uses its challenge up and returns what to check it with.
   * `isFresh` is false if the challenge was used before or has expired; `passkey` is null if there is none of this key.
   */
  beginPasskey(keys: AttemptKeys, key: string, challenge: SpentChallenge, by: By): BegunByPasskey
  /**
   * Keeps that a passkey was used, and its signature counter, and begins a session as `signIn` does; false, and a failure in the audit log,
   * if it was removed meanwhile, or if the counter is not above the one before, which a copy of the key would show.
   */
  usePasskey(key: string, counter: number, made: NewSession, attempt: AttemptKeys | null, by: By): boolean
  /** Uses a challenge up; false if it was used before or has expired. */
  spendChallenge(challenge: SpentChallenge, now: number): boolean

  makeToken(made: NewToken, by: By): void
  /** Deletes a token; false if there is none. */
  revokeToken(id: string, by: By): boolean
  /** Keeps when sessions, with their accounts, tokens, and accounts that have no session were last used. */
  noteUses(uses: readonly Use[]): void
  /** Compares settings with those of the last start and records what has changed. At the first start nothing has. */
  seeSettings(values: Readonly<Record<string, string>>, by: By): void
  /** Adds a row to the audit log about something that changes nothing in the store, such as an export. */
  record(action: AuditAction, subject: string | null, after: Record<string, unknown>, by: By): void
}

export type AccessCall = keyof AccessWrites

/** What a call returned, and who may use the server since; null if that is as before. */
export type Changed<Result> = { result: Result; identities: Identities | null }
