import { z } from 'zod'

const sender = z.object({ kind: z.literal('local'), name: z.string() })

/** Whoever asks: the one user of a server without sign-in, or the server itself. */
export type Actor = z.infer<typeof sender> | { kind: 'server'; name: string }

export const theLocalActor: Actor = { kind: 'local', name: 'local' }
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
