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

/** Whether a character is a letter or a digit of ASCII, in lower case, by its code; NaN is not. */
const isAlphanumeric = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 122)

/** Whether what was found at a place is a token of its own, and not a part of a longer one. */
export const isToken = (found: string, at: number, text: string): boolean =>
  !isAlphanumeric(text.charCodeAt(at - 1)) && !isAlphanumeric(text.charCodeAt(at + found.length))

/** A rule that replaces what one program chooses at random; `apart` shows names next to it that are not random. */
export const chosen = (
  name: string,
  covers: string,
  needs: readonly string[],
  apply: FormRule['apply'],
  examples: FormRule['examples'],
  apart: FormRule['apart'],
): FormRule => ({ name, covers, kinds: both, needs, apply, examples, apart })
