import type { Damage } from './damage.ts'

/** An element of binary XML as it was parsed: of a record without templates, or of a template with its substitutions open. */
export type Element = {
  kind: 'element'
  name: string
  attributes: Attribute[]
  content: Content[]
  /** Whether it was closed as `<Name/>`. */
  isEmpty: boolean
}

export type Attribute = { name: string; value: Content[] }

/** A value of the template instance that belongs here; if it is optional and NULL, what encloses it is left out. */
export type Substitution = { kind: 'substitution'; slot: number; isOptional: boolean; type: number }

/** A template and the values that fill it. */
export type Instance = { kind: 'instance'; template: Template; values: Values }

export type Instruction = { kind: 'instruction'; target: string; data: string }

/** What is in an element or attribute, in order; text is a plain string. */
export type Content = string | Element | Substitution | Instance | Instruction

/** What could be parsed of a run of binary XML, and the damage that ended it early. */
export type Fragment = { content: Content[]; damage: Damage | null }

/** A template of a chunk, parsed once; `identity` once it was asked for. */
export type Template = Fragment & { identity: Identity | null | undefined }

/** Where EventID and Channel of an event are, and what says when and where it was logged: in literal text or in a substitution. */
export type Identity = {
  code: Content[]
  channel: Content[]
  computer: Content[] | null
  recordId: Content[] | null
  time: Content[] | null
}

/** The values of a template instance: type, and place in the chunk, by slot. */
export type Values = { types: number[]; starts: number[]; sizes: number[] }
