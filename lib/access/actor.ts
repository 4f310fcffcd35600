import { z } from 'zod'

const actor = z.object({ kind: z.enum(['local', 'server']), name: z.string() })

/** Whoever asks: the one user of a server without sign-in, or the server itself. */
export type Actor = z.infer<typeof actor>

export const theLocalActor: Actor = { kind: 'local', name: 'local' }
export const serverActor: Actor = { kind: 'server', name: 'server' }

/** The actor of a text that `JSON.stringify` made of one; null if it is not such a text. */
export function readActor(text: string): Actor | null {
  try {
    return actor.parse(JSON.parse(text))
  } catch {
    // Damaged, or not written by this server: the caller decides whose it is.
    return null
  }
}
