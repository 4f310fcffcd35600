import { z } from 'zod'
import { dayLength } from '#lib/asr/hours.ts'
import { plainName } from './decisions.ts'
import { count, page, time } from './schema.ts'

/** What an account may do, from the least to the most: see `lib/access/permissions.ts`. */
export const roles = ['viewer', 'analyst', 'admin'] as const
export type Role = (typeof roles)[number]

/** What a token is for. */
export const scopes = ['read', 'upload', 'display'] as const
export type Scope = (typeof scopes)[number]

/** What a request may need: see `lib/access/permissions.ts`. */
export const permissionNames = [
  ...(['none', 'identified', 'own', 'read', 'wall', 'receipt', 'upload', 'undo', 'decide'] as const),
  ...(['configure', 'administer'] as const),
] as const
export type Permission = (typeof permissionNames)[number]

/** Where an account comes from: this server, a provider of OpenID Connect, or a proxy that names its users. */
export const origins = ['local', 'oidc', 'proxy'] as const
export type Origin = (typeof origins)[number]

export const signInMethods = ['password', 'link', 'oidc', 'passkey'] as const
export type SignInMethod = (typeof signInMethods)[number]

/** Why a sign-in with a provider of OpenID Connect ended without a session. */
export const oidcProblems = [
  'unreachable',
  'failed',
  'no-role',
  'disabled',
  'last-admin',
  'no-admin',
  'limited',
] as const
export type OidcProblem = (typeof oidcProblems)[number]

/** The name of an account. */
export const accountName = plainName

/** A name as names of accounts are compared: without case, and however its accents are written. */
export const accountKey = (name: string): string => name.trim().normalize('NFC').toLowerCase()

/**
 * How long a session lasts without a request and at most, and a one-time link, in milliseconds; and how many sessions an account
 * can have.
 */
export const sessionLimits = { idle: dayLength, longest: 14 * dayLength, link: dayLength, most: 50 }

export const account = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  origin: z.enum(origins),
  isDisabled: z.boolean(),
  hasPassword: z.boolean(),
  hasTotp: z.boolean().describe('Whether a code of an authenticator app is needed to sign in.'),
  passkeys: count,
  sessions: count.describe('Sessions that have not ended.'),
  createdAt: time,
  usedAt: time.nullable().describe('The last request, to five minutes; null if there was none.'),
})
export type Account = z.infer<typeof account>

export const accountPage = page(account)

/** What is sent to add an account: one that signs in here, or one of a user whom a proxy names. */
export const newUser = z.object({
  name: accountName,
  role: z.enum(roles),
  origin: z.enum(['local', 'proxy']).optional(),
})

/** What is sent to change an account. */
export const userChange = z
  .object({ role: z.enum(roles).optional(), isDisabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'Give role or isDisabled.')

const oneTimeLink = z.object({
  secret: z.string().describe('The link is /set-up# and this. It is not stored and cannot be read again.'),
  expiresAt: time,
})

/** An account that was added or reset. */
export const madeUser = z.object({ account, link: oneTimeLink.nullable() })
export type MadeUser = z.infer<typeof madeUser>

export const session = z.object({
  id: z.string(),
  account: z.string().describe('The id of the account.'),
  name: z.string().describe('The name of the account.'),
  method: z.enum(signInMethods),
  address: z.string(),
  agent: z.string().describe('What the browser calls itself.'),
  createdAt: time,
  usedAt: time,
  expiresAt: time,
})
export type Session = z.infer<typeof session>

export const token = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  madeBy: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  usedAt: time.nullable(),
})
export type Token = z.infer<typeof token>

export const auditActions = [
  ...['signed-in', 'sign-in-failed', 'sign-in-limited', 'signed-out', 'session-ended'],
  ...['user-added', 'user-changed', 'user-reset', 'link-made', 'link-used'],
  ...['password-set', 'totp-set', 'totp-removed', 'passkey-added', 'passkey-removed'],
  ...['token-made', 'token-revoked', 'display-opened'],
  ...[
    'upload',
    'undo',
    'kept-dropped',
    'restore',
    'decided',
    'groups-changed',
    'rule-named',
    'exported',
    'setting-changed',
  ],
] as const
export type AuditAction = (typeof auditActions)[number]

export const actorKinds = ['account', 'token', 'local', 'server', 'anonymous'] as const
export type ActorKind = (typeof actorKinds)[number]

const actor = z.object({ kind: z.enum(actorKinds), id: z.string().nullable(), name: z.string() })
const details = z.record(z.string(), z.unknown())

/** A row of the audit log. */
export const auditRow = z.object({
  seq: count,
  at: time,
  actor,
  address: z.string().nullable().describe('null is this machine, or the server itself.'),
  request: z.string().nullable().describe('The X-Request-Id, which the log of the server has too.'),
  action: z.enum(auditActions),
  subject: z.string().nullable().describe('The id of what it was done to.'),
  before: details.nullable(),
  after: details.nullable(),
})
export type AuditRow = z.infer<typeof auditRow>
export const auditPage = page(auditRow)

/** Who does something, from where, in which request and when: what the audit log says of each change. */
export type By = {
  actor: z.infer<typeof actor>
  address: string | null
  request: string | null
  /** Milliseconds since 1970 UTC. */
  at: number
}
