import type { Chunk } from './chunk.ts'
import { need, spend } from './chunk.ts'
import type { Cursor, FragmentKind } from './cursor.ts'
import { countedText, elementsHaveDependency, innermost, nameAfterToken, readValueToken } from './cursor.ts'
import { Damage, damageOf } from './damage.ts'
import { definitionHead, placeInstance, readValues } from './instance.ts'
import { moreFlag, token } from './token.ts'
import type { Content, Element, Fragment, Template } from './tree.ts'

// Deeper than any event; beyond it a damaged or hostile record would exhaust the stack.
const depthLimit = 32

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

// Beginning a fragment costs as much as so many tokens.
const fragmentWork = 32

/** Parses a run of binary XML into a tree. It does not throw: damage ends the tree early and is reported. */
export function parseFragment(chunk: Chunk, at: number, end: number, kind: FragmentKind): Fragment {
  const root: Content[] = []
  const cursor: Cursor = {
    ...kind,
    chunk,
    at,
    end,
    hasDependency: undefined,
    open: [],
    root,
    target: root,
    isDone: false,
  }
  const damage = damageOf(() => {
    spend(chunk, fragmentWork, at)
    if (kind.depth > depthLimit) throw new Damage('bad-structure', at, `binary XML is nested deeper than ${depthLimit}`)
    while (cursor.at < end && !cursor.isDone) readToken(cursor)
    if (cursor.open.length > 0 && !cursor.isDone)
      throw new Damage('cut-off', end, `<${cursor.open.at(-1)?.name}> is not closed where its binary XML ends`)
  })
  return { content: root, damage }
}

function readToken(cursor: Cursor): void {
  const { chunk, at } = cursor
  const { view } = chunk
  spend(chunk, 1, at)
  const byte = view.getUint8(at)
  switch (byte & ~moreFlag) {
    case token.endOfFragment:
      cursor.at = at + 1
      if (cursor.open.length === 0) cursor.isDone = true
      else throw new Damage('bad-structure', at, `the fragment ends within <${cursor.open.at(-1)?.name}>`)
      return
    case token.fragmentHeader:
      cursor.at = at + 4
      return
    case token.openElement:
      openElement(cursor, (byte & moreFlag) !== 0)
      return
    case token.attribute: {
      const name = nameAfterToken(cursor, 1)
      const value: Content[] = []
      innermost(cursor).attributes.push({ name, value })
      cursor.target = value
      return
    }
    case token.closeStart:
      cursor.target = innermost(cursor).content
      cursor.at = at + 1
      return
    case token.closeEmpty:
      innermost(cursor).isEmpty = true
      closeElement(cursor)
      return
    case token.endElement:
      closeElement(cursor)
      return
    case token.value:
      readValueToken(cursor)
      return
    case token.substitution:
    case token.optionalSubstitution: {
      need(at, 4, cursor.end, 'a substitution')
      const isOptional = (byte & ~moreFlag) === token.optionalSubstitution
      const slot = view.getUint16(at + 1, true)
      cursor.target.push({ kind: 'substitution', slot, isOptional, type: view.getUint8(at + 3) })
      cursor.at = at + 4
      return
    }
    case token.templateInstance: {
      const place = placeInstance(chunk, at, cursor.end)
      const template = readTemplate(chunk, place.definition, place.id, cursor.depth)
      const { values, next } = readValues(chunk, place.values, cursor.end)
      cursor.target.push({ kind: 'instance', template, values })
      cursor.at = next
      return
    }
    case token.charReference:
      need(at, 3, cursor.end, 'a character reference')
      cursor.target.push(String.fromCharCode(view.getUint16(at + 1, true)).toWellFormed())
      cursor.at = at + 3
      return
    case token.entityReference: {
      const name = nameAfterToken(cursor, 1)
      cursor.target.push(entities[name] ?? `&${name};`)
      return
    }
    case token.cdata:
      cursor.target.push(countedText(cursor, at + 1))
      return
    case token.instructionTarget:
      cursor.target.push({ kind: 'instruction', target: nameAfterToken(cursor, 1), data: '' })
      return
    case token.instructionData: {
      const last = cursor.target.at(-1)
      const data = countedText(cursor, at + 1)
      if (typeof last === 'object' && last.kind === 'instruction') last.data = data
      return
    }
  }
  // What follows a complete record or fragment is padding, and may be anything.
  if (cursor.open.length === 0 && cursor.root.length > 0) cursor.isDone = true
  else throw new Damage('bad-structure', at, `byte ${byte} at ${at} is not a token of binary XML`)
}

function openElement(cursor: Cursor, hasAttributes: boolean): void {
  const { chunk, at, open } = cursor
  if (open.length + cursor.depth >= depthLimit)
    throw new Damage('bad-structure', at, `elements are nested deeper than ${depthLimit}`)
  cursor.hasDependency ??= elementsHaveDependency(chunk, at, cursor.isTemplate)
  // After the token: dependency id (2, not always), size of the element (4), offset of its name.
  const name = nameAfterToken(cursor, cursor.hasDependency ? 7 : 5)
  if (hasAttributes) cursor.at += 4
  const element: Element = { kind: 'element', name, attributes: [], content: [], isEmpty: false }
  const parent = open.at(-1)
  ;(parent ? parent.content : cursor.root).push(element)
  open.push(element)
  cursor.target = element.content
}

function closeElement(cursor: Cursor): void {
  const element = innermost(cursor)
  cursor.open.pop()
  cursor.target = cursor.open.at(-1)?.content ?? cursor.root
  cursor.at += 1
  if (cursor.until !== undefined && element.name === cursor.until) cursor.isDone = true
}

// A log has some dozens; more must not pile up.
const mostFileTemplates = 1024

/**
 * The template with this id that is defined at `at`, parsed at its first use in the chunk. If the chunk has lost the
 * definition, one that an earlier chunk had with the same id (the first word of its GUID) replaces it.
 */
export function readTemplate(chunk: Chunk, at: number, id: number, depth: number): Template {
  const known = chunk.templates.get(at)
  if (known) return known
  const earlier = chunk.fileTemplates.get(id)
  const isHere = at + definitionHead <= chunk.end && chunk.view.getUint32(at + 4, true) === id
  if (!isHere && earlier) return earlier
  need(at, definitionHead, chunk.end, 'a template definition')
  const bodyEnd = at + definitionHead + chunk.view.getUint32(at + 20, true)
  // Entered before its body is parsed: a body that names its own template ends in a cycle, which the bounds on depth and work cut.
  const template: Template = { content: [], damage: null, identity: undefined }
  chunk.templates.set(at, template)
  const kind = { isTemplate: true, depth: depth + 1 }
  const body = parseFragment(chunk, at + definitionHead, Math.min(bodyEnd, chunk.end), kind)
  template.content = body.content
  template.damage = body.damage
  if (bodyEnd > chunk.end) template.damage ??= new Damage('bad-structure', at, 'a template ends beyond its chunk')
  if (template.damage && earlier) {
    chunk.templates.set(at, earlier)
    return earlier
  }
  if (isHere && !template.damage && chunk.fileTemplates.size < mostFileTemplates) chunk.fileTemplates.set(id, template)
  return template
}
