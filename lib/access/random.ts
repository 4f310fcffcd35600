import { createHash, randomBytes } from 'node:crypto'

/** A secret that nobody can guess: 256 bits, 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What the store keeps of a random secret. No slow hash is needed: there is nothing to guess. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** A stable id that says nothing: a letter, and 128 bits at random. */
export const newId = (letter: string): string => `${letter}${randomBytes(16).toString('base64url')}`
