import { accountKey, type By, type Origin, type Role } from '#lib/model/access.ts'
import type { AccessWrites, ExternalAccount, NewAccount } from '../../access-writes.ts'
import { AdminMissing, LastAdmin, NameTaken } from '../../errors.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { openSessions } from './sessions.ts'

type AccountRow = { id: string; name: string; role: Role; origin: Origin; disabled: number }

type Calls = Pick<AccessWrites, 'changeAccount' | 'externalAccount'>

/** Opens what writes accounts. Each call must run inside a transaction. */
export function openAccounts(
  db: Connection,
  audit: Audit,
  { endAll }: Pick<ReturnType<typeof openSessions>, 'endAll'>,
) {
  const columns = 'id, name, role, origin, disabled'
  const find = db.prepare<[string], AccountRow>(`SELECT ${columns} FROM account WHERE id = ?`)
  const named = db.prepare<[string], AccountRow>(`SELECT ${columns} FROM account WHERE key = ?`)
  const external = db.prepare<[string, string], AccountRow>(
    `SELECT ${columns} FROM account WHERE issuer = ? AND subject = ?`,
  )
  const add = db.prepare(
    `INSERT INTO account (id, name, key, role, origin, issuer, subject, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const change = db.prepare('UPDATE account SET role = ?, disabled = ? WHERE id = ?')
  const dropLink = db.prepare('DELETE FROM link WHERE account = ?')
  const dropSetUpLinks = db.prepare('DELETE FROM link WHERE account IS NULL')
  const hasAccount = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM account)').pluck()
  const otherAdmins = db
    .prepare<[string], number>("SELECT count(*) FROM account WHERE role = 'admin' AND disabled = 0 AND id <> ?")
    .pluck()

  /** @throws NameTaken, AdminMissing */
  function insert(
    { id, name, role, origin }: NewAccount | (Omit<ExternalAccount, 'issuer' | 'subject'> & { origin: 'oidc' }),
    [issuer, subject]: [string, string] | [null, null],
    by: By,
  ): void {
    if (named.get(accountKey(name)) !== undefined) throw new NameTaken(name)
    if (role !== 'admin' && hasAccount.get() === 0) throw new AdminMissing(name)
    add.run(id, name, accountKey(name), role, origin, issuer, subject, by.at)
    dropSetUpLinks.run()
    audit(by, 'user-added', id, null, { name, role, origin, ...(issuer === null ? {} : { issuer, subject }) })
  }

  /** @throws LastAdmin */
  function update({ id, name, ...before }: AccountRow, role: Role, isDisabled: boolean, by: By): void {
    const was = { role: before.role, isDisabled: before.disabled === 1 }
    if (was.role === role && was.isDisabled === isDisabled) return
    const wasAdmin = was.role === 'admin' && !was.isDisabled
    if (wasAdmin && (role !== 'admin' || isDisabled) && otherAdmins.get(id) === 0) throw new LastAdmin(name)
    change.run(role, isDisabled ? 1 : 0, id)
    audit(by, 'user-changed', id, { name, ...was }, { name, role, isDisabled })
    if (!isDisabled) return
    endAll(id, null)
    dropLink.run(id)
  }

  /** The name, or with a number after it the first that no account has. */
  function freeName(name: string): string {
    for (let number = 1; ; number++) {
      const next = number === 1 ? name : `${name} (${number})`
      if (named.get(accountKey(next)) === undefined) return next
    }
  }

  const calls: Calls = {
    changeAccount: (id, { role, isDisabled }, by) => {
      const before = find.get(id)
      if (before === undefined) return false
      update(before, role ?? before.role, isDisabled ?? before.disabled === 1, by)
      return true
    },
    externalAccount: ({ id, name, role, issuer, subject }, by) => {
      const before = external.get(issuer, subject)
      if (before === undefined) {
        insert({ id, name: freeName(name), role, origin: 'oidc' }, [issuer, subject], by)
        return id
      }
      if (before.disabled === 1) return null
      update(before, role, false, by)
      return before.id
    },
  }
  return { ...calls, find: (id: string) => find.get(id), insert }
}
