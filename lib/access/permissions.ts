import type { Actor } from './actor.ts'

/** What a request needs: to read, to send logs, to remove them, to change what everybody sees of rules, or nothing. */
export type Permission = 'read' | 'upload' | 'undo' | 'configure' | 'none'

/**
 * The permission that each address and method needs. A part in brackets matches any text. HEAD needs that of GET. A test
 * compares the table with the folder `app`.
 */
export const permissions: Readonly<Record<string, Permission>> = {
  'GET /': 'read',
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
  'GET /wall': 'read',
  'GET /api/v1/[table]': 'read',
  'GET /api/v1/events/[id]': 'read',
  'GET /api/v1/health': 'none',
  'GET /api/v1/openapi.json': 'none',
  'POST /api/v1/resumable': 'upload',
  'GET /api/v1/resumable/[id]': 'upload',
  'PATCH /api/v1/resumable/[id]': 'upload',
  'DELETE /api/v1/resumable/[id]': 'upload',
  'GET /api/v1/risk/[dest]': 'read',
  'PUT /api/v1/rules/[ID]': 'configure',
  'POST /api/v1/sample': 'upload',
  'GET /api/v1/uploads': 'read',
  'POST /api/v1/uploads': 'upload',
  'GET /api/v1/uploads/[id]': 'read',
  'DELETE /api/v1/uploads/[id]': 'undo',
  'GET /api/v1/uploads/[id]/[list]': 'read',
  'GET /api/v1/uploads/[id]/rejects': 'read',
  'GET /api/v1/uploads/compare': 'read',
  'GET /api/v1/uploads/compare/events': 'read',
  'GET /api/v1/values/[table]': 'read',
  'GET /api/v1/wall': 'read',
  'GET /api/v1/wall/stream': 'read',
}

const entries = Object.entries(permissions).map(([address, permission]) => {
  const [method = '', path = ''] = address.split(' ')
  return { method, parts: path.split('/'), permission }
})

/** How many parts match any text. Of two addresses that fit, the one with fewer is meant. */
const wild = (parts: readonly string[]): number => parts.filter((part) => part.startsWith('[')).length

/** The permission that a request needs; null if no address of the table takes it. */
export function permissionOf(method: string, path: string): Permission | null {
  const asked = method === 'HEAD' ? 'GET' : method
  const parts = path.replace(/(?<=.)\/$/, '').split('/')
  const fitting = entries
    .filter((entry) => entry.method === asked && entry.parts.length === parts.length)
    .filter((entry) => entry.parts.every((part, index) => part.startsWith('[') || part === parts[index]))
    .sort((a, b) => wild(a.parts) - wild(b.parts))
  return fitting[0]?.permission ?? null
}

/** Whether an actor has a permission. Until there is sign-in, whoever reaches the server is the local actor, who has all. */
export const isAllowed = (actor: Actor, permission: Permission): boolean =>
  permission === 'none' || actor.kind === 'local' || actor.kind === 'server'
