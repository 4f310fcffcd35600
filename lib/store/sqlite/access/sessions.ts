import { type By, sessionLimits } from '#lib/model/access.ts'
import type { AccessWrites } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { Attempts } from './attempts.ts'

type SessionRow = { account: string; name: string; method: string; address: string; created_at: number }

type Calls = Pick<AccessWrites, 'signIn' | 'endSession' | 'endSessionsOf' | 'noteUses'>

/** Opens what writes sessions. Each call must run inside a transaction. */
export function openSessions(db: Connection, audit: Audit, attempts: Attempts) {
  const find = db.prepare<[string], SessionRow>(
    `SELECT s.account, a.name, s.method, s.address, s.created_at FROM session s JOIN account a ON a.id = s.account WHERE s.id = ?`,
  )
  const nameOf = db.prepare<[string], string>('SELECT name FROM account WHERE id = ? AND disabled = 0').pluck()
  const password = db
    .prepare<[string], string>("SELECT secret FROM credential WHERE account = ? AND kind = 'password'")
    .pluck()
  const add = db.prepare(
    `INSERT INTO session (id, hash, account, method, address, agent, created_at, used_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const drop = db.prepare('DELETE FROM session WHERE id = ?')
  const dropAll = db.prepare('DELETE FROM session WHERE account = ? AND id IS NOT ?')
  const dropExpired = db.prepare('DELETE FROM session WHERE expires_at <= ? OR used_at <= ?')
  const dropOldest = db.prepare(
    `DELETE FROM session WHERE account = ? AND id NOT IN (SELECT id FROM session WHERE account = ? ORDER BY used_at DESC, id LIMIT ?)`,
  )
  const useAccount = db.prepare(
    'UPDATE account SET used_at = max(coalesce(used_at, 0), ?) WHERE id = (SELECT account FROM session WHERE id = ?)',
  )
  const use = {
    session: db.prepare('UPDATE session SET used_at = max(used_at, ?) WHERE id = ?'),
    token: db.prepare('UPDATE token SET used_at = max(coalesce(used_at, 0), ?) WHERE id = ?'),
    account: db.prepare('UPDATE account SET used_at = max(coalesce(used_at, 0), ?) WHERE id = ?'),
  }

  /** Ends the sessions of an account but one, and returns how many. */
  const endAll = (account: string, except: string | null): number => dropAll.run(account, except).changes

  /** Whether the password of an account is the one that was compared, outside of this transaction. */
  const isStill = (account: string, compared: string | null): boolean =>
    compared === null || password.get(account) === compared

  const calls: Calls = {
    signIn: ({ id, hash, account, method, address, agent, expiresAt, compared }, attempt, by) => {
      const name = nameOf.get(account)
      if (name === undefined || !isStill(account, compared)) return false
      if (attempt !== null) attempts.forgive(attempt)
      dropExpired.run(by.at, by.at - sessionLimits.idle)
      add.run(id, hash, account, method, address, agent, by.at, by.at, expiresAt)
      dropOldest.run(account, account, sessionLimits.most)
      useAccount.run(by.at, id)
      const actor = { kind: 'account' as const, id: account, name }
      audit({ ...by, actor }, 'signed-in', id, null, { method })
      return true
    },
    endSession: (id, account, action, by) => {
      const found = find.get(id)
      if (found === undefined || (account !== null && found.account !== account)) return false
      drop.run(id)
      const { name, method, address, created_at: createdAt } = found
      audit(by, action, id, { account: found.account, name, method, address, createdAt }, null)
      return true
    },
    endSessionsOf: (account, except, by) => {
      const sessions = endAll(account, except)
      if (sessions > 0) audit(by, 'session-ended', account, { sessions }, null)
      return sessions
    },
    noteUses: (uses) => {
      for (const { kind, id, at } of uses) {
        use[kind].run(at, id)
        if (kind === 'session') useAccount.run(at, id)
      }
    },
  }
  return {
    ...calls,
    endAll,
    isStill,
    /** Whether a session of an account has not been ended: a password may have been changed, or the account reset. Null is none, and always open. */
    isOpen: (id: string | null, account: string): boolean => id === null || find.get(id)?.account === account,
  }
}

/** The account itself as the actor of what its one-time link or its password allows, before it has a session. */
export const byAccount = (by: By, id: string, name: string): By => ({ ...by, actor: { kind: 'account', id, name } })
