import { z } from 'zod'
import type { SpentChallenge } from '#lib/store/access-writes.ts'
import { hashOf } from './random.ts'
import { seal, unseal } from './seal.ts'

/** How long a challenge can be answered, in milliseconds. */
export const challengePatience = 5 * 60_000

const kept = z.object({ challenge: z.string(), expiresAt: z.number() })

/**
 * A challenge as whoever asked for it keeps it, for one purpose. The server keeps none that is not answered: nobody can use up a list of
 * them by asking.
 */
export function sealChallenge(purpose: string, challenge: string, now: number): string {
  const expiresAt = now + challengePatience
  return seal(purpose, { challenge, expiresAt }, expiresAt)
}

/** The challenge of a text that `sealChallenge` made for the same purpose, and what to use it up with; null if it is not one any more. */
export function openChallenge(
  purpose: string,
  sealed: string,
  now: number,
): { challenge: string; spent: SpentChallenge } | null {
  const found = kept.safeParse(unseal(purpose, sealed, now)).data
  if (found === undefined) return null
  const { challenge, expiresAt } = found
  return { challenge, spent: { hash: hashOf(challenge), expiresAt } }
}
