import type { AccessWrites } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'

type TokenRow = { name: string; scope: string; expires_at: number | null }

/** Opens what writes tokens. Each call must run inside a transaction. */
export function openTokens(db: Connection, audit: Audit): Pick<AccessWrites, 'makeToken' | 'revokeToken'> {
  const find = db.prepare<[string], TokenRow>('SELECT name, scope, expires_at FROM token WHERE id = ?')
  const add = db.prepare(
    'INSERT INTO token (id, hash, name, scope, made_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const drop = db.prepare('DELETE FROM token WHERE id = ?')
  return {
    makeToken: ({ id, hash, name, scope, expiresAt }, by) => {
      add.run(id, hash, name, scope, by.actor.name, by.at, expiresAt)
      audit(by, 'token-made', id, null, { name, scope, expiresAt })
    },
    revokeToken: (id, by) => {
      const found = find.get(id)
      if (found === undefined) return false
      drop.run(id)
      audit(by, 'token-revoked', id, { name: found.name, scope: found.scope, expiresAt: found.expires_at }, null)
      return true
    },
  }
}
