import type { AccessWrites, AttemptKeys, AttemptKind, Begun } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { openCredentials } from './credentials.ts'

/** The window in which attempts are counted, in milliseconds. */
export const attemptWindow = 15 * 60_000

/** Attempts in a window: for an account from one address, of one address, and for an account. */
export const mostAttempts: Readonly<Record<AttemptKind, number>> = { pair: 10, address: 50, account: 100 }

/** The keys that there are, with their kinds. */
const keysOf = (keys: AttemptKeys): [AttemptKind, string][] => Object.entries(keys) as [AttemptKind, string][]

export type Attempts = ReturnType<typeof openAttempts>

/** Opens the counts of attempts to sign in. Each call must run inside a transaction. */
export function openAttempts(db: Connection) {
  const drop = db.prepare('DELETE FROM attempt WHERE since <= ?')
  const bound = db.prepare('UPDATE attempt SET since = :now WHERE since > :now')
  const find = db.prepare<[string], { count: number; since: number; refused: number }>(
    'SELECT count, since, refused FROM attempt WHERE key = ?',
  )
  const count = db.prepare(
    'INSERT INTO attempt (key, count, since, refused) VALUES (?, 1, ?, 0) ON CONFLICT DO UPDATE SET count = count + 1',
  )
  const refuse = db.prepare('UPDATE attempt SET refused = 1 WHERE key = ? AND refused = 0')
  const forget = db.prepare('DELETE FROM attempt WHERE key = ?')
  const takeBack = db.prepare('UPDATE attempt SET count = count - 1 WHERE key = ? AND count > 0')
  return {
    /** Counts an attempt at a moment, unless there were too many: then says of which kind. `refused`: called once a window. */
    begin: (keys: AttemptKeys, now: number, refused: (kind: AttemptKind) => void): Omit<Begun, 'secrets'> => {
      drop.run(now - attemptWindow)
      // Of before the clock was set back: nobody waits longer than a window.
      bound.run({ now })
      for (const [limit, key] of keysOf(keys)) {
        const found = find.get(key)
        if (found === undefined || found.count < mostAttempts[limit]) continue
        if (refuse.run(key).changes > 0) refused(limit)
        return { wait: found.since + attemptWindow - now, limit }
      }
      for (const [, key] of keysOf(keys)) count.run(key, now)
      return { wait: 0, limit: null }
    },
    /** Forgets what failed for an account from an address, and does not count the attempt that succeeded. */
    forgive: (keys: AttemptKeys): void => {
      for (const [kind, key] of keysOf(keys)) (kind === 'pair' ? forget : takeBack).run(key)
    },
  }
}

/** Opens the calls around the check of an attempt. */
export function openAttemptCalls(
  attempts: Attempts,
  audit: Audit,
  { secretsNamed, nameOf }: Pick<ReturnType<typeof openCredentials>, 'secretsNamed' | 'nameOf'>,
): Pick<AccessWrites, 'beginAttempt' | 'forgiveAttempt' | 'failAttempt'> {
  return {
    beginAttempt: (keys, key, by) => {
      const secrets = key === null ? null : secretsNamed(key)
      const account = secrets?.account ?? null
      const begun = attempts.begin(keys, by.at, (limit) => audit(by, 'sign-in-limited', account, null, { limit }))
      return { ...begun, secrets: begun.wait > 0 ? null : secrets }
    },
    forgiveAttempt: attempts.forgive,
    failAttempt: (account, step, by) => {
      const name = account === null ? null : nameOf(account)
      audit(by, 'sign-in-failed', account, null, { step, name })
    },
  }
}
