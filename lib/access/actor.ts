import { z } from 'zod'
import { type By, roles, scopes } from '#lib/model/access.ts'

const sender = z.union([
  z.object({ kind: z.literal('local'), name: z.string() }),
  z.object({
    kind: z.literal('account'),
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    session: z.string().nullable(),
  }),
  z.object({ kind: z.literal('token'), id: z.string(), name: z.string(), scope: z.enum(scopes) }),
])

/**
 * Whoever asks: the one user of a server without accounts, or a program of that user; an account, whose `session` is null if a proxy names it; a
 * token; nobody known; or the server itself.
 */
export type Actor = z.infer<typeof sender> | { kind: 'anonymous'; name: string } | { kind: 'server'; name: string }

export const theLocalActor: Actor = { kind: 'local', name: 'local' }
export const anonymousActor: Actor = { kind: 'anonymous', name: 'anonymous' }
export const serverActor: Actor = { kind: 'server', name: 'server' }

/** The sender of a text that `JSON.stringify` made of one; null if it is not such a text. The server sends nothing to itself. */
export function readActor(text: string): Actor | null {
  try {
    return sender.parse(JSON.parse(text))
  } catch {
    // Damaged, or not written by this server: the caller decides whose it is.
    return null
  }
}

/** What the audit log says of an actor. */
export const actorOf = (actor: Actor): By['actor'] => ({
  kind: actor.kind,
  id: 'id' in actor ? actor.id : null,
  name: actor.name,
})

/** Whether two actors are the same account, token or user of this machine, whatever session, name or role they have. */
export const isSameSender = (a: Actor, b: Actor): boolean =>
  a.kind === b.kind && ('id' in a ? a.id : null) === ('id' in b ? b.id : null)
