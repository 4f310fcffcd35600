import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { shared } from '#lib/process/shared.ts'
import { keyedHash, keyFor } from './secret.ts'

const cipher = 'aes-256-gcm'
const sizes = { nonce: 12, tag: 16 }

/** A value that only this data folder can read again and nobody can change, as base64url. `expiresAt`: null is never. */
export function seal(purpose: string, value: unknown, expiresAt: number | null): string {
  const nonce = randomBytes(sizes.nonce)
  const sealing = createCipheriv(cipher, keyFor(purpose), nonce)
  const text = sealing.update(JSON.stringify({ value, expiresAt }), 'utf8')
  return Buffer.concat([nonce, text, sealing.final(), sealing.getAuthTag()]).toString('base64url')
}

/** The value of a text that `seal` made for the same purpose; null if it did not, or if it has expired. */
export function unseal(purpose: string, text: string, now: number): unknown {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < sizes.nonce + sizes.tag) return null
  try {
    const opening = createDecipheriv(cipher, keyFor(purpose), bytes.subarray(0, sizes.nonce))
    opening.setAuthTag(bytes.subarray(-sizes.tag))
    const inner = opening.update(bytes.subarray(sizes.nonce, -sizes.tag))
    const opened = JSON.parse(Buffer.concat([inner, opening.final()]).toString('utf8'))
    return opened.expiresAt !== null && opened.expiresAt <= now ? null : opened.value
  } catch {
    // Changed, cut off, or sealed by another data folder or for another purpose.
    return null
  }
}

/** Eight characters that differ between data folders: cookies do not know ports, and servers of one machine share them. */
export const folderMark = (): string =>
  shared('folder-mark', () => ({ mark: keyedHash('cookies', '').slice(0, 8) })).mark
