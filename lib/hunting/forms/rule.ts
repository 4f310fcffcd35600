/** What a text is: a path, a file name or a network destination; or a command line. */
export type TextKind = 'path' | 'command'

/** One rule of the normaliser. It is given the text that the rules before it returned, in lower case after the first. */
export type FormRule = {
  name: string
  /** What differs between texts that mean the same, for the table of docs/hunting.md. */
  covers: string
  kinds: readonly TextKind[]
  /** The rule changes no text without any of these: searching for them costs less than the rule. */
  needs?: readonly string[]
  apply: (text: string) => string
  /** Texts as logged, and what all rules together return for them. */
  examples: readonly (readonly [logged: string, normalised: string])[]
  /** Pairs of texts that look as if the rule covered them, and must not become the same. */
  apart: readonly (readonly [one: string, other: string])[]
}

export const both: readonly TextKind[] = ['path', 'command']

/** Whether a character is a letter or a digit of ASCII, in lower case; '' is not. */
export const isAlphanumeric = (character: string): boolean => /^[0-9a-z]$/.test(character)
