import type { RuleNames } from './table-context.ts'

/** The names of rules in a shape that reaches client components. */
export const rulesById = (names: Map<string, { name: string; short: string }>): RuleNames => Object.fromEntries(names)
