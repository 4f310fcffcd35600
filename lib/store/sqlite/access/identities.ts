import type { Identities } from '../../access-writes.ts'
import type { Connection } from '../database.ts'

type AccountRow = Omit<Identities['accounts'][number], 'isDisabled'> & { disabled: number }

/** Opens what reads who may use the server. It is read in the transaction of a change, so that no later one is in it. */
export function openIdentities(db: Connection): () => Identities {
  const accounts = db.prepare<[], AccountRow>(
    'SELECT id, name, key, role, origin, disabled, used_at AS usedAt FROM account',
  )
  const sessions = db.prepare<[], Identities['sessions'][number]>(
    'SELECT id, hash, account, created_at AS createdAt, used_at AS usedAt, expires_at AS expiresAt FROM session',
  )
  const tokens = db.prepare<[], Identities['tokens'][number]>(
    'SELECT id, hash, name, scope, expires_at AS expiresAt, used_at AS usedAt FROM token',
  )
  const links = db.prepare<[], Identities['links'][number]>('SELECT hash, account, expires_at AS expiresAt FROM link')
  return () => ({
    accounts: accounts.all().map(({ disabled, ...account }) => ({ ...account, isDisabled: disabled === 1 })),
    sessions: sessions.all(),
    tokens: tokens.all(),
    links: links.all(),
  })
}
