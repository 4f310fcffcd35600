import type { AccessWrites } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { openAccounts } from './accounts.ts'
import type { openCredentials } from './credentials.ts'
import { byAccount, type openSessions } from './sessions.ts'

type LinkRow = { account: string | null; name: string | null }

type Calls = Pick<AccessWrites, 'addAccount' | 'resetAccount' | 'makeSetUpLink' | 'useLink'>

/** Opens what writes one-time links. Each call must run inside a transaction. */
export function openLinks(
  db: Connection,
  audit: Audit,
  accounts: ReturnType<typeof openAccounts>,
  credentials: ReturnType<typeof openCredentials>,
  { endAll }: ReturnType<typeof openSessions>,
): Calls {
  const find = db.prepare<[string, number], LinkRow>(
    'SELECT l.account, a.name FROM link l LEFT JOIN account a ON a.id = l.account WHERE l.hash = ? AND l.expires_at > ?',
  )
  const add = db.prepare('INSERT INTO link (hash, account, created_at, expires_at) VALUES (?, ?, ?, ?)')
  const dropOf = db.prepare('DELETE FROM link WHERE account IS ?')
  const hasAccount = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM account)').pluck()

  function replace(account: string | null, { hash, expiresAt }: { hash: string; expiresAt: number }, at: number): void {
    dropOf.run(account)
    add.run(hash, account, at, expiresAt)
  }

  return {
    addAccount: (made, link, by) => {
      accounts.insert(made, [null, null], by)
      if (link === null) return
      replace(made.id, link, by.at)
      audit(by, 'link-made', made.id, null, { expiresAt: link.expiresAt })
    },
    resetAccount: (id, link, by) => {
      const account = accounts.find(id)
      if (account === undefined) return null
      // Who signs in with a provider or by a proxy gets no second way in.
      const hasLink = account.origin === 'local'
      credentials.dropAll(id)
      const sessionsEnded = endAll(id, null)
      if (hasLink) replace(id, link, by.at)
      else dropOf.run(id)
      const linkExpiresAt = hasLink ? link.expiresAt : null
      audit(by, 'user-reset', id, { name: account.name }, { sessionsEnded, linkExpiresAt })
      return { hasLink }
    },
    makeSetUpLink: (link, by) => {
      if (hasAccount.get() === 1) return false
      replace(null, link, by.at)
      audit(by, 'link-made', null, null, { expiresAt: link.expiresAt })
      return true
    },
    useLink: (hash, password, first, by) => {
      const found = find.get(hash, by.at)
      if (found === undefined) return null
      const { account, name } = found
      const whose = account === null || name === null ? first : { id: account, name }
      if (whose === null) return null
      const { id } = whose
      const own = byAccount(by, id, whose.name)
      dropOf.run(account)
      if (account === null) accounts.insert({ ...whose, role: 'admin', origin: 'local' }, [null, null], own)
      credentials.put(id, password, by.at)
      audit(own, 'link-used', id, null, { sessionsEnded: endAll(id, null) })
      return id
    },
  }
}
