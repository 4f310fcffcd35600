/**
 * What is computed from the fields of an event as logged, and stored. Raise the version when the code behind it changes
 * what it returns: the stored rows are then recomputed. `codes` limits
 * that to the EventCodes for which the result may differ; null means all.
 */
export const derivations = {
  /** Canonical fields: `canonicalFields`. 2: the rule of a 5007 is read by the form of its value name. 3: versions. */
  fields: { version: 3, codes: null },
  /** What a 5007 changed: `readChanges`. 2: disabled, weakened and exclusions as the contract of 0.2 has them. */
  changes: { version: 2, codes: [5007] },
  /** Which result rows an event is in, their keys and flags: `stacksOf`. */
  stacks: { version: 1, codes: null },
} as const satisfies Record<string, { version: number; codes: readonly number[] | null }>

export type Derivation = keyof typeof derivations
