import { hash } from 'node:crypto'
import { foldDest, tagged } from './key-text.ts'

/** What a stack is grouped by besides its columns: the step of the generalisation ladder and the version of its rules. */
export type StackLevel = { step?: string | number; ruleVersion?: string | number }

/** The tagged names of columns: there are a dozen. */
// biome-ignore lint/plugin: a cache of what never changes may exist twice.
const taggedNames = new Map<string, string>()

function taggedName(name: string): string {
  const known = taggedNames.get(name)
  if (known !== undefined) return known
  const text = tagged(name)
  if (taggedNames.size < 100) taggedNames.set(name, text)
  return text
}

/** The last character of 128 bits in base64url contains two bits. */
const lastCharacters: Record<string, string> = {}
for (const [index, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].entries())
  lastCharacters[character] = 'AQgw'[index >> 4] as string

/**
 * Returns the stable key of a stack, the same on every store: the first 128 bits of SHA-256 over the level and the ordered
 * by-columns, each name with its value tagged missing or text, `dest` folded as at ingest. It has 22 characters of
 * base64url, of which the last is one of A, Q, g and w: it never consists of digits only.
 */
export function stackKey(
  by: readonly string[],
  values: readonly (string | number | null)[],
  { step, ruleVersion }: StackLevel = {},
): string {
  let text = `stack${tagged(step)}${tagged(ruleVersion)}`
  for (let place = 0; place < by.length; place++) {
    const name = by[place] as string
    const value = values[place] ?? null
    text += `${taggedName(name)}${tagged(name === 'dest' && value !== null ? foldDest(String(value)) : value)}`
  }
  const digest = hash('sha256', text, 'base64url')
  return digest.slice(0, 21) + lastCharacters[digest.charAt(21)]
}

/** Whether a text has the form of a stack key. */
export const isStackKey = (text: string): boolean => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(text)
