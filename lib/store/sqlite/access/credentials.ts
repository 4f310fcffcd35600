import type { Origin } from '#lib/model/access.ts'
import type { AccessWrites, Secrets } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { openSessions } from './sessions.ts'

type CredentialRow = { kind: 'password' | 'totp' | 'passkey'; key: string; secret: string; counter: number }
type AccountRow = { id: string; name: string; disabled: number; origin: Origin }

type Calls = Pick<
  AccessWrites,
  'secretsOf' | 'setPassword' | 'setTotp' | 'useTotpStep' | 'addPasskey' | 'removePasskey' | 'usePasskey'
>

/** Opens what writes and reads the secrets of accounts. Each call must run inside a transaction. */
export function openCredentials(
  db: Connection,
  audit: Audit,
  { endAll, isStill }: Pick<ReturnType<typeof openSessions>, 'endAll' | 'isStill'>,
) {
  const accountSql = 'SELECT id, name, disabled, origin FROM account WHERE'
  const byId = db.prepare<[string], AccountRow>(`${accountSql} id = ?`)
  const byKey = db.prepare<[string], AccountRow>(`${accountSql} key = ?`)
  const of = db.prepare<[string], CredentialRow>(
    'SELECT kind, key, secret, counter FROM credential WHERE account = ? ORDER BY created_at, key',
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO credential (account, kind, key, name, secret, counter, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const drop = db.prepare('DELETE FROM credential WHERE account = ? AND kind = ? AND key = ?')
  const dropAll = db.prepare('DELETE FROM credential WHERE account = ?')
  const advance = db.prepare(
    'UPDATE credential SET counter = :counter WHERE account = :account AND kind = :kind AND key = :key AND counter < :counter',
  )
  const passkeyName = db
    .prepare<[string, string], string>("SELECT name FROM credential WHERE account = ? AND kind = 'passkey' AND key = ?")
    .pluck()
  // A passkey that does not count always sends 0.
  const countsNothing = db
    .prepare<[string, string], number>(
      "SELECT 1 FROM credential WHERE account = ? AND kind = 'passkey' AND key = ? AND counter = 0",
    )
    .pluck()

  function secrets(account: AccountRow | undefined): Secrets | null {
    if (account === undefined) return null
    const rows = of.all(account.id)
    const totp = rows.find(({ kind }) => kind === 'totp')
    return {
      ...{ account: account.id, name: account.name, isDisabled: account.disabled === 1, origin: account.origin },
      password: rows.find(({ kind }) => kind === 'password')?.secret ?? null,
      totp: totp === undefined ? null : { secret: totp.secret, step: totp.counter },
      passkeys: rows.flatMap(({ kind, key, secret, counter }) =>
        kind === 'passkey' ? [{ key, secret, counter }] : [],
      ),
    }
  }

  const calls: Calls = {
    secretsOf: (account) => secrets(byId.get(account)),
    setPassword: (account, { secret, compared }, except, by) => {
      if (!isStill(account, compared)) return false
      put.run(account, 'password', '', '', secret, 0, by.at)
      audit(by, 'password-set', account, null, { sessionsEnded: endAll(account, except) })
      return true
    },
    setTotp: (account, { secret, compared }, except, by) => {
      if (!isStill(account, compared)) return false
      if (secret === null) drop.run(account, 'totp', '')
      else put.run(account, 'totp', '', '', secret, 0, by.at)
      const sessionsEnded = endAll(account, except)
      audit(by, secret === null ? 'totp-removed' : 'totp-set', account, null, { sessionsEnded })
      return true
    },
    useTotpStep: (account, counter) => advance.run({ account, kind: 'totp', key: '', counter }).changes > 0,
    addPasskey: (account, { key, name, secret, counter }, by) => {
      put.run(account, 'passkey', key, name, secret, counter, by.at)
      audit(by, 'passkey-added', account, null, { key, name })
    },
    removePasskey: (account, key, by) => {
      const name = passkeyName.get(account, key)
      if (name === undefined) return false
      drop.run(account, 'passkey', key)
      audit(by, 'passkey-removed', account, { key, name }, null)
      return true
    },
    usePasskey: (account, key, counter) =>
      advance.run({ account, kind: 'passkey', key, counter }).changes > 0 ||
      (counter === 0 && countsNothing.get(account, key) === 1),
  }
  return {
    ...calls,
    nameOf: (account: string): string | null => byId.get(account)?.name ?? null,
    secretsNamed: (key: string): Secrets | null => secrets(byKey.get(key)),
    put: (account: string, password: string, at: number): void =>
      void put.run(account, 'password', '', '', password, 0, at),
    dropAll: (account: string): void => void dropAll.run(account),
  }
}
