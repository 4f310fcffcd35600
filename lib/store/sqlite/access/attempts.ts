import type { AccessWrites, AttemptKeys } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'
import type { openCredentials } from './credentials.ts'

/** The window in which attempts are counted, in milliseconds. */
export const attemptWindow = 15 * 60_000

/** Attempts in a window: for an account from one address, of one address, and for an account. */
export const mostAttempts: Readonly<Record<keyof AttemptKeys, number>> = { pair: 10, address: 50, account: 100 }

const kinds = Object.keys(mostAttempts) as (keyof AttemptKeys)[]

export type Attempts = ReturnType<typeof openAttempts>

/** Opens the counts of attempts to sign in. Each call must run inside a transaction. */
export function openAttempts(db: Connection) {
  const drop = db.prepare('DELETE FROM attempt WHERE since <= ?')
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
    /** Counts an attempt at a moment, unless there were too many: then returns the milliseconds to wait, else 0. `refused`: called once a window. */
    begin: (keys: AttemptKeys, now: number, refused: (kind: keyof AttemptKeys) => void): number => {
      drop.run(now - attemptWindow)
      for (const kind of kinds) {
        const found = find.get(keys[kind])
        if (found === undefined || found.count < mostAttempts[kind]) continue
        if (refuse.run(keys[kind]).changes > 0) refused(kind)
        return found.since + attemptWindow - now
      }
      for (const kind of kinds) count.run(keys[kind], now)
      return 0
    },
    /** Forgets what failed for an account from an address, and does not count the attempt that succeeded. */
    forgive: (keys: AttemptKeys): void => {
      forget.run(keys.pair)
      takeBack.run(keys.address)
      takeBack.run(keys.account)
    },
  }
}

/** Opens the two calls around the check of an attempt. */
export function openAttemptCalls(
  attempts: Attempts,
  audit: Audit,
  { secretsNamed, nameOf }: Pick<ReturnType<typeof openCredentials>, 'secretsNamed' | 'nameOf'>,
): Pick<AccessWrites, 'beginAttempt' | 'failAttempt'> {
  return {
    beginAttempt: (keys, key, by) => {
      const secrets = secretsNamed(key)
      const account = secrets?.account ?? null
      const wait = attempts.begin(keys, by.at, (limit) => audit(by, 'sign-in-limited', account, null, { limit }))
      return { wait, secrets: wait > 0 ? null : secrets }
    },
    failAttempt: (account, step, by) => {
      const name = account === null ? null : nameOf(account)
      audit(by, 'sign-in-failed', account, null, { step, name })
    },
  }
}
