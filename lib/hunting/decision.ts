import type { StackColumn, Step } from './definition.ts'

/** What an analyst can decide about events. */
export const dispositions = {
  'known-good': { name: 'Known good', hides: true },
  suspicious: { name: 'Suspicious', hides: false },
  'may-be-blocked': { name: 'May be blocked', hides: true },
  'exclusion-wanted': { name: 'Exclusion wanted', hides: true },
  snoozed: { name: 'Snoozed', hides: true },
} as const satisfies Record<string, { name: string; hides: boolean }>
export type Disposition = keyof typeof dispositions

/** What a decision demands of one field: at a step of its ladder, the text itself, or a pattern with `*`; null is "not logged". */
export type FieldPattern = { column: StackColumn; step: Step; value: string | null; isWildcard: boolean }

/**
 * A decision as it is applied: it fits an event if every pattern fits, the host is in its scope, and it has not expired. Values
 * compare without regard to case.
 */
export type AppliedDecision = {
  id: string
  disposition: Disposition
  patterns: readonly FieldPattern[]
  /** Patterns of host names, of which one must fit; null means every host. */
  scope: readonly string[] | null
}
