import type { Permission, Role, Scope } from '#lib/model/access.ts'
import type { Actor } from './actor.ts'

/** What a request may need, and what that is. docs/security.md has the same table. */
export const permissionMeanings: Readonly<Record<Permission, string>> = {
  none: 'signing in, its files, and health without detail',
  identified: 'the description of the API, and health with detail',
  own: 'own password, TOTP, passkeys and sessions',
  read: 'every page and export',
  wall: 'the wall and its stream',
  receipt: 'the receipt of one upload',
  upload: 'sending logs',
  undo: 'undoing an upload, and reversing that',
  decide: 'decisions about stacks, and host groups',
  configure: 'names of rules',
  administer: 'users, tokens, all sessions, settings and the audit log',
}

const viewer: readonly Permission[] = ['none', 'identified', 'own', 'read', 'wall', 'receipt']
const analyst: readonly Permission[] = [...viewer, 'upload', 'undo', 'decide']

/** What each role may do. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  analyst,
  admin: [...analyst, 'configure', 'administer'],
}

/** What a token of each scope may do. */
export const scopePermissions: Readonly<Record<Scope, readonly Permission[]>> = {
  read: ['none', 'identified', 'read', 'wall', 'receipt'],
  upload: ['none', 'identified', 'receipt', 'upload'],
  display: ['none', 'wall'],
}

/**
 * The permission that each address and method needs; nothing else is answered. A part in brackets matches any text, and with
 * dots any number of parts. HEAD needs that of GET. A test compares the table with the folders `app` and `public`.
 */
export const permissions: Readonly<Record<string, Permission>> = {
  'GET /': 'read',
  'GET /stack': 'read',
  'GET /stacking': 'read',
  'GET /audit': 'read',
  'GET /block': 'read',
  'GET /registry': 'read',
  'GET /disabled': 'read',
  'GET /events': 'read',
  'GET /events/[id]': 'read',
  'GET /hosts': 'read',
  'GET /hosts/[dest]': 'read',
  'GET /risk': 'read',
  'GET /rules': 'read',
  'GET /rules/[ID]': 'read',
  'GET /uploads': 'read',
  'GET /uploads/[id]': 'read',
  'GET /uploads/[id]/continuity': 'read',
  'GET /uploads/compare': 'read',
  'GET /wall': 'wall',
  'GET /dispositions': 'read',
  'GET /groups': 'read',
  'GET /display': 'none',
  'GET /admin': 'administer',
  'GET /admin/audit': 'administer',
  'GET /admin/sessions': 'administer',
  'GET /admin/settings': 'administer',
  'GET /admin/storage': 'administer',
  'GET /admin/tokens': 'administer',
  'GET /admin/users': 'administer',
  'GET /account': 'own',
  'GET /sign-in': 'none',
  'GET /set-up': 'none',
  'GET /not-allowed': 'none',
  'GET /api/v1/[table]': 'read',
  'GET /api/v1/account': 'own',
  'PUT /api/v1/account/password': 'own',
  'POST /api/v1/account/totp': 'own',
  'PUT /api/v1/account/totp': 'own',
  'DELETE /api/v1/account/totp': 'own',
  'GET /api/v1/account/passkeys': 'own',
  'POST /api/v1/account/passkeys': 'own',
  'PUT /api/v1/account/passkeys': 'own',
  'DELETE /api/v1/account/passkeys/[id]': 'own',
  'GET /api/v1/account/sessions': 'own',
  'DELETE /api/v1/account/sessions': 'own',
  'DELETE /api/v1/account/sessions/[id]': 'own',
  'GET /api/v1/audit-log': 'administer',
  'POST /api/v1/display': 'none',
  'GET /api/v1/sessions': 'administer',
  'DELETE /api/v1/sessions/[id]': 'administer',
  'GET /api/v1/settings': 'administer',
  'GET /api/v1/storage': 'administer',
  'GET /api/v1/tokens': 'administer',
  'POST /api/v1/tokens': 'administer',
  'DELETE /api/v1/tokens/[id]': 'administer',
  'GET /api/v1/dispositions': 'read',
  'POST /api/v1/dispositions': 'decide',
  'GET /api/v1/dispositions/[id]': 'read',
  'PUT /api/v1/dispositions/[id]': 'decide',
  'DELETE /api/v1/dispositions/[id]': 'decide',
  'GET /api/v1/dispositions/[id]/history': 'read',
  'POST /api/v1/dispositions/[id]/undo': 'decide',
  'GET /api/v1/dispositions/history': 'read',
  'POST /api/v1/dispositions/import': 'decide',
  'POST /api/v1/dispositions/preview': 'decide',
  'GET /api/v1/groups': 'read',
  'PUT /api/v1/groups': 'decide',
  'GET /api/v1/groups/history': 'read',
  'GET /api/v1/events/[id]': 'read',
  'GET /api/v1/health': 'none',
  'GET /api/v1/openapi.json': 'identified',
  'POST /api/v1/resumable': 'upload',
  'GET /api/v1/resumable/[id]': 'upload',
  'PATCH /api/v1/resumable/[id]': 'upload',
  'DELETE /api/v1/resumable/[id]': 'upload',
  'GET /api/v1/progress/[id]': 'read',
  'DELETE /api/v1/progress/[id]': 'read',
  'GET /api/v1/risk/[dest]': 'read',
  'PUT /api/v1/rules/[ID]': 'configure',
  'POST /api/v1/sample': 'upload',
  'POST /api/v1/sign-in': 'none',
  'POST /api/v1/sign-in/code': 'none',
  'POST /api/v1/sign-in/link': 'none',
  'POST /api/v1/sign-in/passkey': 'none',
  'PUT /api/v1/sign-in/passkey': 'none',
  'GET /api/v1/sign-in/oidc': 'none',
  'GET /api/v1/sign-in/oidc/callback': 'none',
  'POST /api/v1/sign-out': 'own',
  'GET /api/v1/stack/[key]': 'read',
  'GET /api/v1/stack/[key]/events': 'read',
  'GET /api/v1/uploads': 'read',
  'POST /api/v1/uploads': 'upload',
  'GET /api/v1/uploads/[id]': 'receipt',
  'DELETE /api/v1/uploads/[id]': 'undo',
  'GET /api/v1/uploads/[id]/[list]': 'read',
  'GET /api/v1/uploads/[id]/rejects': 'read',
  'GET /api/v1/uploads/compare': 'read',
  'GET /api/v1/uploads/compare/events': 'read',
  'GET /api/v1/removed': 'read',
  'POST /api/v1/removed/[id]/restore': 'undo',
  'GET /api/v1/users': 'administer',
  'POST /api/v1/users': 'administer',
  'PUT /api/v1/users/[id]': 'administer',
  'POST /api/v1/users/[id]/link': 'administer',
  'GET /api/v1/values/[table]': 'read',
  'GET /api/v1/wall': 'wall',
  'GET /api/v1/wall/stream': 'wall',
  'OPTIONS /api/v1/resumable': 'none',
  'OPTIONS /api/v1/resumable/[id]': 'none',
  'GET /_next/static/[...file]': 'none',
  'GET /icon.svg': 'none',
  'GET /icon-maskable.svg': 'none',
  'GET /manifest.webmanifest': 'none',
  'GET /sample-defender.xml': 'read',
}

type Address = { wild: number; pattern: RegExp; methods: Map<string, Permission> }

const patternOf = (path: string): RegExp => {
  const parts = path.split('/').map((part) => {
    if (!part.startsWith('[')) return part.replaceAll('.', '\\.')
    return part.startsWith('[...') ? '.+' : '[^/]+'
  })
  return new RegExp(`^${parts.join('/')}$`)
}

/** The addresses of the table. Of several that fit, the one with the fewest parts in brackets is meant: it is first. */
const addresses: readonly Address[] = Object.entries(
  Object.groupBy(Object.entries(permissions), ([entry]) => entry.split(' ')[1] ?? ''),
)
  .map(([path, entries = []]) => ({
    wild: path.split('[').length - 1,
    pattern: patternOf(path),
    methods: new Map(entries.map(([entry, permission]) => [entry.split(' ')[0] ?? '', permission])),
  }))
  .sort((a, b) => a.wild - b.wild)

const methodsAt = (path: string): ReadonlyMap<string, Permission> | null =>
  addresses.find(({ pattern }) => pattern.test(path.replace(/(?<=.)\/$/, '')))?.methods ?? null

/** The permission that a request needs; null if the table does not have its address with its method. */
export const permissionOf = (method: string, path: string): Permission | null =>
  methodsAt(path)?.get(method === 'HEAD' ? 'GET' : method) ?? null

/** The methods that an address takes; none if the table does not have it. */
export const allowedAt = (path: string): string[] =>
  [...(methodsAt(path)?.keys() ?? [])].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

/** Whether an actor has a permission. The local actor, which is anyone who reaches a server without accounts, has all. */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'account') return rolePermissions[actor.role].includes(permission)
  if (actor.kind === 'token') return scopePermissions[actor.scope].includes(permission)
  return permission === 'none' || actor.kind === 'local' || actor.kind === 'server'
}
