import { fitsLower } from '#lib/text/fits.ts'

/** A text that a field must have: exactly, or with any text between its parts. */
export type Text = { kind: 'equals'; value: string } | { kind: 'like'; parts: readonly string[] }

/** Any text at all: the field was logged. */
export const anyText: Text = { kind: 'like', parts: ['', ''] }

export const isAnyText = (text: Text): boolean => text.kind === 'like' && text.parts.every((part) => part === '')

/** The text of a pattern in which `*` matches any text. */
export const likeText = (pattern: string): Text => {
  const parts = pattern.split(/\*+/)
  return parts.length === 1 ? { kind: 'equals', value: pattern } : { kind: 'like', parts }
}

/** The literal parts of a text, between which there may be any text. */
export const partsOf = (text: Text): readonly string[] => (text.kind === 'equals' ? [text.value] : text.parts)

/** The text with a function applied to its literal parts. */
export const mapText = (text: Text, map: (part: string) => string): Text =>
  text.kind === 'equals' ? { ...text, value: map(text.value) } : { ...text, parts: text.parts.map(map) }

/** Whether a value fits, without regard to case. */
export const fitsText = (text: Text, value: string): boolean =>
  fitsLower(
    partsOf(text).map((part) => part.toLowerCase()),
    value.toLowerCase(),
  )

// Control characters, and the two that end a string or start a macro in SPL, are written as their number.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const numbered = /[\0-\x1f\x7f"`]/g
const hex = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`

/** A regular expression (PCRE and RE2) for a text, without regard to case, over lines. */
export const regexOf = (text: Text): string =>
  `(?is)\\A${partsOf(text)
    .map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&').replace(numbered, hex))
    .join('.*')}\\z`
