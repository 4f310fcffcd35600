import { type By, hasLadder, type Preset, presets, type Step, steps } from './definition.ts'

const isSame = (a: readonly By[], b: readonly By[]): boolean =>
  a.length === b.length && a.every(({ column, step }, place) => b[place]?.column === column && b[place].step === step)

/** The fields of stacks without the one at a place; the last one cannot be removed. */
export const without = (by: readonly By[], place: number): readonly By[] =>
  by.length === 1 ? by : by.toSpliced(place, 1)

/** The fields of stacks with the one at a place moved to another place. */
export function moved(by: readonly By[], place: number, to: number): readonly By[] {
  const field = by[place]
  return field === undefined ? by : by.toSpliced(place, 1).toSpliced(to, 0, field)
}

/** The fields of stacks with another step for the one at a place. */
export const withStep = (by: readonly By[], place: number, step: Step): readonly By[] =>
  by.map((field, at) => (at === place ? { ...field, step } : field))

/** The fields of stacks with one more at the end. What has a ladder is normalised, as in the presets. */
export const withColumn = (by: readonly By[], column: By['column']): readonly By[] => [
  ...by,
  { column, step: hasLadder(column) ? 'normalised' : 'exact' },
]

/** The next step of the ladder of a field, coarser or finer; null if it has none. */
export function nextStep({ column, step }: By, direction: 'coarser' | 'finer'): Step | null {
  if (!hasLadder(column)) return null
  return steps[steps.indexOf(step) + (direction === 'coarser' ? 1 : -1)] ?? null
}

/** The preset with these fields; undefined if there is none. */
export const presetOf = (by: readonly By[]): Preset | undefined => presets.find((preset) => isSame(preset.by, by))
