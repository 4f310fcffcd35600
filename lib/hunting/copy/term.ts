import type { SelectedColumn } from './selection.ts'
import type { Text } from './text.ts'

/**
 * What is demanded of an event's Data: that one of the named fields fits one of the texts, or that none does. A field that was not
 * logged is one in which no text is found.
 */
export type Term = { column: SelectedColumn; names: readonly string[]; fits: 'any' | 'none'; texts: readonly Text[] }

/** EventCodes whose templates have the same names for the columns that are asked for, and what is demanded of their Data. */
export type Group = { codes: readonly number[]; terms: readonly Term[] }

/** A selection in the names of Windows: hosts that must fit, then alternatives, and what had to be left out. */
export type Plan = { hosts: readonly Text[]; groups: readonly Group[]; leftOut: readonly string[] }
