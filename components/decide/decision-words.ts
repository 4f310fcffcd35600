import { type Disposition, dispositions, type FieldPattern } from '#lib/hunting/decision.ts'
import type { Step } from '#lib/hunting/definition.ts'
import { visibleText } from '#lib/text/visible.ts'

/** What each disposition means, in a sentence. */
export const meanings: Record<Disposition, string> = {
  'known-good': 'Expected here. Hidden if you choose so, and left out of risk if decisions are applied.',
  suspicious: 'To be followed up. Never hidden.',
  'may-be-blocked': 'Blocking it breaks nothing. Hidden if you choose so.',
  'exclusion-wanted': 'Needed, and to be excluded from the rule. Hidden if you choose so.',
  snoozed: 'Hidden until a date if you choose so.',
}
export const dispositionKeys = Object.keys(dispositions) as Disposition[]

export const stepNames: Record<Step, string> = {
  exact: 'this value',
  normalised: 'this value, normalised',
  folder: 'its folder',
  name: 'its file name',
}
const stepWords: Record<Step, string> = { exact: '', normalised: ' (normalised)', folder: ' (folder)', name: ' (name)' }

/** A pattern in words: `Path (folder) is c:\temp`. */
export const patternText = ({ column, step, value, isWildcard }: FieldPattern): string =>
  value === null
    ? `${column} was not logged`
    : `${column}${stepWords[step]} ${isWildcard ? 'fits' : 'is'} ${visibleText(value)}`

/** Who did something, and when. */
export const byWhom = ({ author, isSigned, at }: { author: string; isSigned: boolean; at: string }): string =>
  `${visibleText(author)}${isSigned ? '' : ' (unsigned)'}, ${at.slice(0, 19).replace('T', ' ')} UTC`

type State = { disposition: Disposition; patterns: readonly FieldPattern[]; expiresAt: string | null } | null

/** A state of a decision in a line. */
export const stateText = (state: State): string =>
  state === null
    ? 'no decision'
    : `${dispositions[state.disposition].name}: ${state.patterns.map(patternText).join(', ')}${state.expiresAt === null ? '' : `, until ${state.expiresAt.slice(0, 10)}`}`
