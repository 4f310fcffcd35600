import type { AccessCall, AccessWrites, Changed, Identities } from '../../access-writes.ts'
import { openAudit } from '../audit.ts'
import type { Connection } from '../database.ts'
import { openAccounts } from './accounts.ts'
import { openAttemptCalls, openAttempts } from './attempts.ts'
import { openCredentials } from './credentials.ts'
import { openIdentities } from './identities.ts'
import { openLinks } from './links.ts'
import { openPasskeys } from './passkeys.ts'
import { openSessions } from './sessions.ts'
import { openSettings } from './settings.ts'
import { openTokens } from './tokens.ts'

/** Calls after which the same may use the server as before: their answers need not have it. */
const changesNobody: ReadonlySet<AccessCall> = new Set([
  ...(['beginAttempt', 'forgiveAttempt', 'failAttempt', 'secretsOf', 'useTotpStep', 'record', 'seeSettings'] as const),
  ...(['beginPasskey', 'spendChallenge'] as const),
])

/** Opens what writes accounts, sessions, tokens and what belongs to them. Each call must run inside a transaction. */
export function openAccess(db: Connection) {
  const audit = openAudit(db)
  const attempts = openAttempts(db)
  const sessions = openSessions(db, audit, attempts)
  const accounts = openAccounts(db, audit, sessions)
  const credentials = openCredentials(db, audit, sessions)
  const calls: AccessWrites = {
    ...sessions,
    ...accounts,
    ...credentials,
    ...openPasskeys(db, audit, attempts, sessions),
    ...openAttemptCalls(attempts, audit, credentials),
    ...openTokens(db, audit),
    ...openLinks(db, audit, accounts, credentials, sessions),
    ...openSettings(db, audit),
    record: (action, subject, after, by) => audit(by, action, subject, null, after),
  }
  const identities: () => Identities = openIdentities(db)
  return {
    identities,
    /** Runs a call, and returns who may use the server since; null if that cannot have changed. */
    change: <Name extends AccessCall>(
      name: Name,
      args: Parameters<AccessWrites[Name]>,
    ): Changed<ReturnType<AccessWrites[Name]>> => {
      const result = (calls[name] as (...given: unknown[]) => unknown)(...args) as ReturnType<AccessWrites[Name]>
      return { result, identities: changesNobody.has(name) ? null : identities() }
    },
  }
}
