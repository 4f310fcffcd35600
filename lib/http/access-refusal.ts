import type { Actor } from '#lib/access/actor.ts'
import { allowedAt, isAllowed, permissionOf } from '#lib/access/permissions.ts'
import { printable } from '#lib/log/printable.ts'
import type { Asked, Refusal } from './guard.ts'

/**
 * Returns why an actor does not get an answer to a request: no address of the table of permissions takes it, or the actor does
 * not have the permission. Null if it does.
 */
export function accessRefusal(
  actor: Actor,
  { method = 'GET', url = '' }: Pick<Asked, 'method' | 'url'>,
): Refusal | null {
  const path = url.split('?', 1)[0] ?? ''
  const permission = permissionOf(method, path)
  if (permission !== null) {
    if (isAllowed(actor, permission)) return null
    return { status: 403, code: 'not-allowed', message: `This needs the permission to ${permission}.` }
  }
  const allow = allowedAt(path).join(', ')
  if (allow !== '') return { status: 405, code: 'method', message: `This address takes ${allow}.`, allow }
  return {
    status: 404,
    code: 'not-found',
    message: `There is no ${printable(path)}; /api/v1/openapi.json says what there is.`,
  }
}
