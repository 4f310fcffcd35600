import { isAnyText, partsOf, type Text } from './text.ts'

/**
 * A literal part of a Sigma value: wildcards are escaped, and backslashes that would otherwise escape or merge: several in a row,
 * and those before a wildcard. Source: Sigma specification 2.1.0, Escape Character.
 */
function escapePart(part: string, isBeforeWildcard: boolean): string {
  return part.replace(/(\\*)([*?]?)/g, (found, slashes: string, wildcard: string, at: number) => {
    const isLast = at + found.length === part.length
    const isSingle = slashes.length === 1 && wildcard === '' && !(isLast && isBeforeWildcard)
    return `${isSingle ? slashes : slashes + slashes}${wildcard === '' ? '' : `\\${wildcard}`}`
  })
}

/** The modifier and the value of Sigma for a text: both compare without regard to case. */
export function sigmaText(text: Text): { modifier: '' | '|startswith' | '|endswith' | '|contains'; value: string } {
  const parts = partsOf(text)
  const [first = '', second = '', third] = parts
  if (isAnyText(text)) return { modifier: '', value: '?*' }
  if (parts.length === 2 && first === '') return { modifier: '|endswith', value: escapePart(second, false) }
  if (parts.length === 2 && second === '') return { modifier: '|startswith', value: escapePart(first, false) }
  if (parts.length === 3 && first === '' && third === '')
    return { modifier: '|contains', value: escapePart(second, false) }
  const written = parts.map((part, at) => escapePart(part, at < parts.length - 1))
  return { modifier: '', value: written.join('*') }
}
