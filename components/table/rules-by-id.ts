import type { RuleName } from '#lib/model/rows.ts'
import type { RuleNames } from './table-context.ts'

/** The names of rules in a shape that reaches client components. */
export const rulesById = (names: readonly RuleName[]): RuleNames =>
  Object.fromEntries(names.map(({ ID, name, short }) => [ID, { name, short }]))
