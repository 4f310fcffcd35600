import type { FieldPattern } from '#lib/hunting/decision.ts'
import { type By, hasLadder, ladders, type Step, steps } from '#lib/hunting/definition.ts'
import { formOf } from '#lib/hunting/forms/form.ts'

/** The values of a stack, in the order of its fields. */
export type StackValues = { values: readonly (string | null)[] }

/** What a decision demands of one field: nothing, the value of each stack at a step, or one pattern for all. */
export type FieldChoice = { kind: 'any' } | { kind: 'value'; step: Step } | { kind: 'pattern'; text: string }

/** The values of a field as a step of its ladder has them, from the values at the step the stacks were formed by. */
const valueAt = ({ column, step: from }: By, step: Step, value: string | null): string | null =>
  value === null || step === from || !hasLadder(column) ? value : formOf(step, ladders[column], value)

/** The steps that a decision can be made at: what merged values no longer say cannot be demanded. */
export function stepsFrom({ column, step }: By): readonly Step[] {
  if (!hasLadder(column)) return ['exact']
  if (step === 'folder' || step === 'name') return [step]
  return steps.slice(steps.indexOf(step))
}

function patternOf(by: By, choice: FieldChoice, value: string | null): FieldPattern[] {
  const { column } = by
  if (choice.kind === 'any') return []
  if (choice.kind === 'pattern') return [{ column, step: 'exact', value: choice.text, isWildcard: true }]
  return [{ column, step: choice.step, value: valueAt(by, choice.step, value), isWildcard: false }]
}

/** The patterns of the decisions that the choices mean: one for each combination of values that the stacks have, each once. */
export function patternsOf(
  by: readonly By[],
  choices: readonly FieldChoice[],
  stacks: readonly StackValues[],
): FieldPattern[][] {
  const all = stacks.map(({ values }) =>
    by.flatMap((each, place) => patternOf(each, choices[place] ?? { kind: 'any' }, values[place] ?? null)),
  )
  const different = new Map(all.map((patterns) => [JSON.stringify(patterns).toLowerCase(), patterns]))
  return [...different.values()].filter((patterns) => patterns.length > 0)
}

/** What is chosen at first: each field as it is shown. */
export const firstChoices = (by: readonly By[]): FieldChoice[] => by.map(({ step }) => ({ kind: 'value', step }))

/** The hosts of a text: names and patterns between commas or on lines of their own. */
export const hostsIn = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
