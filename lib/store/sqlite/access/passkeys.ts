import { mostPasskeys } from '#lib/model/passkeys.ts'
import type { AccessWrites, OfferedPasskey } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { Attempts } from './attempts.ts'
import type { openSessions } from './sessions.ts'

type PasskeyRow = Omit<OfferedPasskey, 'isDisabled'> & { disabled: number }

type Calls = Pick<AccessWrites, 'addPasskey' | 'removePasskey' | 'beginPasskey' | 'usePasskey' | 'spendChallenge'>

const offered = ({ disabled, ...row }: PasskeyRow): OfferedPasskey => ({ ...row, isDisabled: disabled === 1 })

/** Opens what writes passkeys, and the challenges that they answer. Each call must run inside a transaction. */
export function openPasskeys(
  db: Connection,
  audit: Audit,
  attempts: Attempts,
  {
    endAll,
    signIn,
    isOpen,
    isStill,
  }: Pick<ReturnType<typeof openSessions>, 'endAll' | 'signIn' | 'isOpen' | 'isStill'>,
): Calls {
  const find = db.prepare<[string], PasskeyRow>(
    `SELECT c.account, a.name AS accountName, a.disabled, c.name, c.secret FROM credential c JOIN account a ON a.id = c.account
     WHERE c.kind = 'passkey' AND c.key = ?`,
  )
  const countOf = db
    .prepare<[string], number>("SELECT count(*) FROM credential WHERE account = ? AND kind = 'passkey'")
    .pluck()
  const add = db.prepare(
    "INSERT INTO credential (account, kind, key, name, secret, counter, created_at, host) VALUES (?, 'passkey', ?, ?, ?, ?, ?, ?)",
  )
  const drop = db.prepare("DELETE FROM credential WHERE account = ? AND kind = 'passkey' AND key = ?")
  // One that does not count always sends 0.
  const use = db.prepare(
    `UPDATE credential SET counter = :counter, used_at = :at WHERE account = :account AND kind = 'passkey' AND key = :key
       AND (counter < :counter OR (counter = 0 AND :counter = 0))`,
  )
  const dropExpired = db.prepare('DELETE FROM spent_challenge WHERE expires_at <= ?')
  const spend = db.prepare('INSERT INTO spent_challenge (hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING')

  const spendChallenge: Calls['spendChallenge'] = ({ hash, expiresAt }, now) => {
    dropExpired.run(now)
    return expiresAt > now && spend.run(hash, expiresAt).changes > 0
  }

  return {
    spendChallenge,
    addPasskey: (account, { passkey: { key, name, secret, counter, host }, compared }, session, by) => {
      if (!isOpen(session, account)) return 'ended'
      if (!isStill(account, compared)) return 'changed'
      if (find.get(key) !== undefined) return 'taken'
      if ((countOf.get(account) ?? 0) >= mostPasskeys) return 'too-many'
      add.run(account, key, name, secret, counter, by.at, host)
      audit(by, 'passkey-added', account, null, { key, name, host, sessionsEnded: endAll(account, session) })
      return 'added'
    },
    removePasskey: (account, { key, compared }, session, by) => {
      const found = find.get(key)
      if (found?.account !== account || !isOpen(session, account) || !isStill(account, compared)) return false
      drop.run(account, key)
      audit(by, 'passkey-removed', account, { key, name: found.name }, { sessionsEnded: endAll(account, session) })
      return true
    },
    beginPasskey: (keys, key, challenge, by) => {
      const found = find.get(key)
      const account = found?.account ?? null
      const begun = attempts.begin(keys, by.at, (limit) => audit(by, 'sign-in-limited', account, null, { limit }))
      if (begun.wait > 0) return { ...begun, isFresh: false, passkey: null }
      return {
        ...begun,
        isFresh: spendChallenge(challenge, by.at),
        passkey: found === undefined ? null : offered(found),
      }
    },
    usePasskey: (key, counter, made, attempt, by) => {
      const { account } = made
      const found = find.get(key)
      // Removed, or its account disabled, since it was checked.
      if (found?.account !== account || found.disabled === 1) {
        audit(by, 'sign-in-failed', account, null, { step: 'passkey', name: found?.accountName ?? null })
        return false
      }
      if (use.run({ account, key, counter, at: by.at }).changes > 0) return signIn(made, attempt, by)
      const after = { step: 'passkey counter', name: found.accountName, passkey: found.name, counter }
      audit(by, 'sign-in-failed', account, null, after)
      return false
    },
  }
}
