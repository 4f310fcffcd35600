import { type Json, parseJson } from '#lib/formats/json/value.ts'

const closers: Record<string, string> = { '{': '}', '[': ']' }

/**
 * What can still be read of an object whose end is damaged or missing: everything before the last comma between values.
 * Null if that is nothing.
 */
export function readCutOff(text: string): Json | null {
  let open = ''
  let isString = false
  let last: { at: number; open: string } | null = null
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    if (isString) {
      if (c === '\\') at++
      else if (c === '"') isString = false
      else if (c === '\n') break
    } else if (c === '"') isString = true
    else if (c === '{' || c === '[') open += c
    else if (c === '}' || c === ']') {
      if (closers[open.at(-1) ?? ''] !== c) break
      open = open.slice(0, -1)
    } else if (c === ',') last = { at, open }
    if (open.length > 256) break
  }
  if (!last) return null
  const closed = [...last.open].reverse().map((each) => closers[each])
  try {
    return parseJson(text.slice(0, last.at) + closed.join(''))
  } catch {
    // Not JSON even when closed: the format is another one.
    return null
  }
}
