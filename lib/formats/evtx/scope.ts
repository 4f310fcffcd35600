import { parseFragment } from './binxml.ts'
import type { Chunk } from './chunk.ts'
import { spend } from './chunk.ts'
import { Damage } from './damage.ts'
import type { Content, Element, Fragment, Substitution, Values } from './tree.ts'
import { arrayTexts, valueText } from './value.ts'
import { arrayFlag, valueType } from './value-type.ts'

/** What a piece of a tree is read with: its chunk, the values of its template (none outside templates), and how deep it is. */
export type Scope = { chunk: Chunk; values: Values | null; depth: number }

type Value = { type: number; at: number; size: number }

const nullValue: Value = { type: valueType.null, at: 0, size: 0 }

function valueAt(substitution: Substitution, { values }: Scope): Value {
  const { slot } = substitution
  const type = values?.types[slot]
  if (values === null || type === undefined) return nullValue
  return { type, at: values.starts[slot] ?? 0, size: values.sizes[slot] ?? 0 }
}

// A template that unfolds into itself ends here.
const nestingLimit = 16

function inner(scope: Scope, values: Values | null): Scope {
  if (scope.depth >= nestingLimit)
    throw new Damage('bad-structure', 0, `templates are nested deeper than ${nestingLimit}`)
  return { chunk: scope.chunk, values, depth: scope.depth + 1 }
}

function complete(fragment: Fragment): Content[] {
  if (fragment.damage) throw fragment.damage
  return fragment.content
}

/** Visits what is in `content` with all templates and nested binary XML unfolded; substituted text comes as text. */
export function eachUnfolded(
  content: Content[],
  scope: Scope,
  visit: (item: Exclude<Content, Substitution>, scope: Scope) => void,
): void {
  for (const item of content) {
    spend(scope.chunk, typeof item === 'string' ? 1 + item.length : 1, 0)
    if (typeof item === 'string' || item.kind === 'element' || item.kind === 'instruction') visit(item, scope)
    else if (item.kind === 'instance') eachUnfolded(complete(item.template), inner(scope, item.values), visit)
    else {
      const value = valueAt(item, scope)
      if (value.type === valueType.binXml) {
        const nested = inner(scope, null)
        const kind = { isTemplate: false, depth: nested.depth }
        eachUnfolded(complete(parseFragment(scope.chunk, value.at, value.at + value.size, kind)), nested, visit)
      } else visit(valuesText(scope.chunk, value), scope)
    }
  }
}

const valuesText = (chunk: Chunk, value: Value): string =>
  value.type & arrayFlag
    ? arrayTexts(chunk, value.type, value.at, value.size).join(', ')
    : valueText(chunk, value.type, value.at, value.size)

/** The text in `content`, that of nested elements included. */
export function textOf(content: Content[], scope: Scope): string {
  const [only] = content
  if (content.length === 0) return ''
  if (content.length === 1 && typeof only === 'string') {
    spend(scope.chunk, only.length, 0)
    return only
  }
  let text = ''
  eachUnfolded(content, scope, (item, itemScope) => {
    if (typeof item === 'string') text += item
    else if (item.kind === 'element') text += textOf(item.content, inner(itemScope, itemScope.values))
  })
  return text
}

/** The texts of an element that a list of values repeats (libevtx: EVTX format, 4.1.10), or null if none does. */
export function repeatedTexts(element: Element, scope: Scope): string[] | null {
  const [only] = element.content
  if (element.content.length !== 1 || typeof only !== 'object' || only.kind !== 'substitution') return null
  const value = valueAt(only, scope)
  return value.type & arrayFlag ? arrayTexts(scope.chunk, value.type, value.at, value.size) : null
}

/**
 * Whether an element or attribute is left out because an optional substitution directly in it is NULL (MS-EVEN6 3.1.4.7.2).
 * The event itself has such a one for its EventData, and stays.
 */
export function isLeftOut(content: Content[], scope: Scope): boolean {
  for (const item of content) {
    if (typeof item !== 'object' || item.kind !== 'substitution' || !item.isOptional || item.type === valueType.binXml)
      continue
    if (valueAt(item, scope).type === valueType.null) return true
  }
  return false
}
