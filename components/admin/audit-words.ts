import type { AuditAction, AuditRow } from '#lib/model/access.ts'
import { timeText } from '#lib/text/time.ts'

/** The actions as they are listed. */
export const actionWords: Record<AuditAction, string> = {
  'signed-in': 'signed in',
  'sign-in-failed': 'failed to sign in',
  'sign-in-limited': 'tried to sign in too often',
  'signed-out': 'signed out',
  'session-ended': 'ended sessions',
  'user-added': 'added a user',
  'user-changed': 'changed a user',
  'user-reset': 'reset a user',
  'link-made': 'made a one-time link',
  'link-used': 'used a one-time link',
  'password-set': 'set a password',
  'totp-set': 'set up codes',
  'totp-removed': 'removed codes',
  'passkey-added': 'added a passkey',
  'passkey-removed': 'removed a passkey',
  'token-made': 'made a token',
  'token-revoked': 'revoked a token',
  'display-opened': 'opened a display',
  upload: 'uploaded',
  undo: 'undid an upload',
  'kept-dropped': 'deleted what an undo kept',
  restore: 'restored an upload',
  decided: 'decided',
  'groups-changed': 'changed host groups',
  'rule-named': 'named a rule',
  exported: 'exported',
  'setting-changed': 'changed a setting',
}

export const kindWords: Record<AuditRow['actor']['kind'], string> = {
  account: 'user',
  token: 'token',
  local: 'without sign-in',
  server: 'the server itself',
  anonymous: 'not signed in',
}

/** Characters of a value on the page. The export has all of it. */
const longest = 160

/** A value in words. Those whose name says that they are a time are one, in milliseconds. */
const valueText = (name: string, value: unknown): string => {
  if (typeof value === 'number' && /At$/.test(name)) return `${timeText(value, 'UTC')} UTC`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** A value before and after a change; null if it was not there. */
export type ChangedValue = { name: string; before: string | null; after: string | null }

/** What a row says of its subject, value by value. What did not change is said once. */
export function changedValues({ before, after }: Pick<AuditRow, 'before' | 'after'>): ChangedValue[] {
  const text = (details: Record<string, unknown> | null, name: string): string | null =>
    details === null || details[name] === null || details[name] === undefined ? null : valueText(name, details[name])
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .map((name) => ({ name, before: text(before, name), after: text(after, name) }))
    .filter((value) => value.before !== null || value.after !== null)
}
