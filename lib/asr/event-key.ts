import { hash } from 'node:crypto'
import { foldDest, tagged } from './key-text.ts'

/** What identifies an event. Without a record id, its content (SHA-256 in hex) and its ordinal among equals do. */
export type EventIdentity = {
  dest: string
  EventCode: number
  /** Milliseconds since 1970 UTC; an identity has it to the second. */
  time: number
  recordId: number | null
  hash: string | null
  ordinal: number | null
}

const secondBytes = 5
const headLength = secondBytes + 2
const keyLength = headLength + 16
/** Seconds are written with this added, so that times before 1970 are not negative. */
const epoch = 2 ** (8 * secondBytes - 1)

/** Keeps a time beyond 17,000 years from 1970 within five bytes. */
const bounded = (second: number): number => Math.min(Math.max(second, -epoch), epoch - 1)

/**
 * Returns the stable key of an event, the same on every store: `e`, then in base64url five bytes of the second, two of the
 * EventCode, and the first 128 bits of SHA-256 over the identity. A store finds an event by looking for the key among the
 * events of the second and code that `readEventKey` returns.
 */
export function eventKey({ dest, EventCode, time, recordId, hash: content, ordinal }: EventIdentity): string {
  // As the identity of an event has it: cut, not rounded, also before 1970.
  const second = Math.trunc(time / 1000)
  const own = recordId === null ? `content${tagged(content)}${tagged(ordinal)}` : `record${tagged(recordId)}`
  const text = `event${tagged(foldDest(dest))}${tagged(second)}${tagged(EventCode)}${own}`
  const bytes = Buffer.allocUnsafe(keyLength)
  bytes.writeUIntBE(bounded(second) + epoch, 0, secondBytes)
  bytes.writeUInt16BE(EventCode, secondBytes)
  hash('sha256', text, 'buffer').copy(bytes, headLength, 0, 16)
  return `e${bytes.toString('base64url')}`
}

/** Returns the second and EventCode that an event key contains; null if the text is not an event key. */
export function readEventKey(key: string): { second: number; EventCode: number } | null {
  if (!/^e[A-Za-z0-9_-]{31}$/.test(key)) return null
  const bytes = Buffer.from(key.slice(1), 'base64url')
  if (bytes.length !== keyLength || bytes.toString('base64url') !== key.slice(1)) return null
  return { second: bytes.readUIntBE(0, secondBytes) - epoch, EventCode: bytes.readUInt16BE(secondBytes) }
}
