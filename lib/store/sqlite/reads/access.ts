import { type Account, type AuditRow, type Session, sessionLimits, type Token } from '#lib/model/access.ts'
import type { Passkey } from '#lib/model/passkeys.ts'
import type { Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { AuditFilter } from '../../reads.ts'
import type { Sql, Value } from '../sql.ts'
import { pageOf } from './page.ts'

type AccountRow = Omit<Account, 'isDisabled' | 'hasPassword' | 'hasTotp'> & {
  isDisabled: number
  hasPassword: number
  hasTotp: number
}

/** Which sessions have not ended at a moment: the values are it, and it less the longest pause. */
const isOpen = 's.expires_at > ? AND s.used_at > ?'
const open = (now: number): number[] => [now, now - sessionLimits.idle]

/** Accounts in the order of their names. */
export async function accounts(sql: Sql, now: number): Promise<Account[]> {
  const has = (kind: string) => `(SELECT count(*) FROM credential c WHERE c.account = a.id AND c.kind = '${kind}')`
  const rows = await sql.all<AccountRow>(
    `SELECT id, name, role, origin, disabled AS "isDisabled", ${has('password')} AS "hasPassword", ${has('totp')} AS "hasTotp",
       ${has('passkey')} AS passkeys, (SELECT count(*) FROM session s WHERE s.account = a.id AND ${isOpen}) AS sessions,
       created_at AS "createdAt", used_at AS "usedAt"
     FROM account a ORDER BY key`,
    open(now),
  )
  return rows.map(({ isDisabled, hasPassword, hasTotp, ...row }) => ({
    ...row,
    isDisabled: isDisabled === 1,
    hasPassword: hasPassword === 1,
    hasTotp: hasTotp === 1,
  }))
}

/** Sessions that have not ended, of one account or of all (null), the one used last first. */
export const sessions = (sql: Sql, account: string | null, now: number): Promise<Session[]> =>
  sql.all<Session>(
    `SELECT s.id, s.account, a.name, s.method, s.address, s.agent, s.created_at AS "createdAt", s.used_at AS "usedAt",
       s.expires_at AS "expiresAt"
     FROM session s JOIN account a ON a.id = s.account WHERE ${isOpen} ${account === null ? '' : 'AND s.account = ?'}
     ORDER BY s.used_at DESC, s.id`,
    [...open(now), ...(account === null ? [] : [account])],
  )

/** Passkeys of an account, in the order in which they were added. */
export const passkeys = (sql: Sql, account: string): Promise<Passkey[]> =>
  sql.all<Passkey>(
    `SELECT key AS id, name, host, created_at AS "createdAt", used_at AS "usedAt" FROM credential
     WHERE account = ? AND kind = 'passkey' ORDER BY created_at, key`,
    [account],
  )

/** Tokens, also those that have expired, in the order of their names. */
export const tokens = (sql: Sql): Promise<Token[]> =>
  sql.all<Token>(
    `SELECT id, name, scope, made_by AS "madeBy", created_at AS "createdAt", expires_at AS "expiresAt", used_at AS "usedAt"
     FROM token ORDER BY name, id`,
  )

type AuditColumns = Omit<AuditRow, 'actor' | 'before' | 'after'> & {
  actorKind: AuditRow['actor']['kind']
  actorId: string | null
  actorName: string
  before: string | null
  after: string | null
}

const auditColumns =
  'seq, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", address, request, action, subject, before, after'

const details = (text: string | null): Record<string, unknown> | null => (text === null ? null : JSON.parse(text))

const auditRowOf = ({ actorKind, actorId, actorName, before, after, ...row }: AuditColumns): AuditRow => ({
  ...row,
  actor: { kind: actorKind, id: actorId, name: actorName },
  before: details(before),
  after: details(after),
})

function conditionOf({ actor, action, subject, from, to }: AuditFilter): [where: string, values: Value[]] {
  const parts: [string, Value | null][] = [
    ['text_fold(actor_name) = ?', actor?.toLowerCase() ?? null],
    ['action = ?', action],
    ['subject = ?', subject],
    ['at >= ?', from],
    ['at <= ?', to],
  ]
  const given = parts.filter((part): part is [string, Value] => part[1] !== null)
  return [given.map(([text]) => text).join(' AND ') || 'true', given.map(([, value]) => value)]
}

/** Rows of the audit log, the newest first. */
export async function audit(sql: Sql, filter: AuditFilter, range: PageRange): Promise<Page<AuditRow>> {
  const [where, values] = conditionOf(filter)
  const { total, rows } = await pageOf(range, ({ limit, offset }) =>
    sql.all<AuditColumns & { total: number }>(
      `SELECT ${auditColumns}, count(*) OVER () AS total FROM audit WHERE ${where} ORDER BY seq DESC LIMIT ? OFFSET ?`,
      [...values, limit, offset],
    ),
  )
  return { total, rows: rows.map(auditRowOf) }
}

/** Every row of the audit log that fits, the oldest first. */
export async function* auditRows(sql: Sql, filter: AuditFilter): AsyncGenerator<AuditRow[]> {
  const [where, values] = conditionOf(filter)
  for await (const rows of sql.stream<AuditColumns>(
    `SELECT ${auditColumns} FROM audit WHERE ${where} ORDER BY seq`,
    values,
  ))
    yield rows.map(auditRowOf)
}
