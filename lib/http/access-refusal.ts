import type { Actor } from '#lib/access/actor.ts'
import { allowedAt, isAllowed, permissionMeanings, permissionOf } from '#lib/access/permissions.ts'
import { printable } from '#lib/log/printable.ts'
import type { Asked, Refusal } from './guard.ts'

/** What somebody gets who is not known, also at an address that does not exist: the table is not for them. */
const notSignedIn: Refusal = {
  status: 401,
  code: 'not-signed-in',
  message: 'This needs a session or a token. Sign in, or send Authorization: Bearer with a token of this server.',
}

/**
 * Returns why an actor does not get an answer to a request: it is not known who it is, no address of the table of permissions takes
 * the request, or the actor does not have the permission. Null if it does.
 */
export function accessRefusal(
  actor: Actor,
  { method = 'GET', url = '' }: Pick<Asked, 'method' | 'url'>,
): Refusal | null {
  const path = url.split('?', 1)[0] ?? ''
  const permission = permissionOf(method, path)
  if (permission !== null && isAllowed(actor, permission)) return null
  if (actor.kind === 'anonymous') return notSignedIn
  if (permission !== null) {
    const message = `This needs a permission that ${printable(actor.name)} does not have: ${permissionMeanings[permission]}.`
    return { status: 403, code: 'not-allowed', message }
  }
  const allow = allowedAt(path).join(', ')
  if (allow !== '') return { status: 405, code: 'method', message: `This address takes ${allow}.`, allow }
  return {
    status: 404,
    code: 'not-found',
    message: `There is no ${printable(path)}; /api/v1/openapi.json says what there is.`,
  }
}
