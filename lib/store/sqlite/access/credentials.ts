import type { Origin } from '#lib/model/access.ts'
import type { AccessWrites, Secrets } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { openSessions } from './sessions.ts'

type CredentialRow = { kind: 'password' | 'totp'; secret: string; counter: number }
type AccountRow = { id: string; name: string; disabled: number; origin: Origin }

type Calls = Pick<AccessWrites, 'secretsOf' | 'setPassword' | 'setTotp' | 'useTotpStep'>

/** Opens what writes and reads passwords and the secrets of apps. Each call must run inside a transaction. */
export function openCredentials(
  db: Connection,
  audit: Audit,
  { endAll, isStill }: Pick<ReturnType<typeof openSessions>, 'endAll' | 'isStill'>,
) {
  const accountSql = 'SELECT id, name, disabled, origin FROM account WHERE'
  const byId = db.prepare<[string], AccountRow>(`${accountSql} id = ?`)
  const byKey = db.prepare<[string], AccountRow>(`${accountSql} key = ?`)
  const of = db.prepare<[string], CredentialRow>(
    "SELECT kind, secret, counter FROM credential WHERE account = ? AND kind <> 'passkey'",
  )
  const put = db.prepare(
    `INSERT OR REPLACE INTO credential (account, kind, key, name, secret, counter, created_at) VALUES (?, ?, '', '', ?, 0, ?)`,
  )
  const drop = db.prepare("DELETE FROM credential WHERE account = ? AND kind = 'totp'")
  const dropAll = db.prepare('DELETE FROM credential WHERE account = ?')
  const advance = db.prepare(
    "UPDATE credential SET counter = :counter WHERE account = :account AND kind = 'totp' AND counter < :counter",
  )

  function secrets(account: AccountRow | undefined): Secrets | null {
    if (account === undefined) return null
    const rows = of.all(account.id)
    const totp = rows.find(({ kind }) => kind === 'totp')
    return {
      ...{ account: account.id, name: account.name, isDisabled: account.disabled === 1, origin: account.origin },
      password: rows.find(({ kind }) => kind === 'password')?.secret ?? null,
      totp: totp === undefined ? null : { secret: totp.secret, step: totp.counter },
    }
  }

  const calls: Calls = {
    secretsOf: (account) => secrets(byId.get(account)),
    setPassword: (account, { secret, compared }, except, by) => {
      if (!isStill(account, compared)) return false
      put.run(account, 'password', secret, by.at)
      audit(by, 'password-set', account, null, { sessionsEnded: endAll(account, except) })
      return true
    },
    setTotp: (account, { secret, compared }, except, by) => {
      if (!isStill(account, compared)) return false
      if (secret === null) drop.run(account)
      else put.run(account, 'totp', secret, by.at)
      const sessionsEnded = endAll(account, except)
      audit(by, secret === null ? 'totp-removed' : 'totp-set', account, null, { sessionsEnded })
      return true
    },
    useTotpStep: (account, counter) => advance.run({ account, counter }).changes > 0,
  }
  return {
    ...calls,
    nameOf: (account: string): string | null => byId.get(account)?.name ?? null,
    secretsNamed: (key: string): Secrets | null => secrets(byKey.get(key)),
    put: (account: string, password: string, at: number): void => void put.run(account, 'password', password, at),
    /** Removes all that an account proves itself with, its passkeys too. */
    dropAll: (account: string): void => void dropAll.run(account),
  }
}
