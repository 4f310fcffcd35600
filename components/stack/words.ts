import { type Disposition, dispositions } from '#lib/hunting/decision.ts'
import type { Newness, Step } from '#lib/hunting/definition.ts'
import { type HintKey, hints as hintTable } from '#lib/hunting/hints/hints.ts'
import type { StackRow } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'

/** What the steps of the detail ladder are called, and what each merges. */
export const stepWords: Record<Step, { name: string; meaning: string }> = {
  exact: { name: 'exact', meaning: 'Every text as it was logged.' },
  normalised: {
    name: 'normalised',
    meaning: 'User names, versions, GUIDs, random names and the like are replaced, so that variants are one.',
  },
  folder: { name: 'folder', meaning: 'The folder only, normalised.' },
  name: { name: 'file name', meaning: 'The file name only, normalised.' },
}

/** What the choices of newness are called, and what each shows. */
export const newnessWords: Record<Newness, { name: string; meaning: string }> = {
  new: { name: 'New', meaning: 'Stacks without events before' },
  'new-on-host': { name: 'New on a host', meaning: 'Stacks with a host that had none before' },
  gone: { name: 'Gone', meaning: 'Stacks without events since' },
}

const dispositionName = (key: string | null): string =>
  key === null ? 'undecided' : (dispositions[key as Disposition]?.name ?? key).toLowerCase()

/** What is decided about the events of a stack: `3 known good, 1 undecided`; empty if nothing is. */
export const dispositionWords = (decided: StackRow['dispositions']): string =>
  decided.every(({ disposition }) => disposition === null)
    ? ''
    : decided.map(({ disposition, events }) => `${countText(events)} ${dispositionName(disposition)}`).join(', ')

/** How many variants, as logged, a stack merges: `merged 214`; empty if it merges none. */
export const mergedWords = (variants: number): string => (variants > 1 ? `merged ${countText(variants)}` : '')

const hintOf = (key: string) => hintTable[key as HintKey] ?? { name: key, says: '' }

/** The name of a hint that stacks are chosen by: `Temp`, `any`. */
export const hintName = (key: HintKey | 'any'): string => (key === 'any' ? 'any' : hintTable[key].name)

/** The names of some hints: `Temp, Script host`. */
export const hintNamesOf = (keys: readonly string[]): string => keys.map((key) => hintOf(key).name).join(', ')

/** What some hints say, each on a line of its own after its name. */
export const hintReasons = (keys: readonly string[]): string[] =>
  keys.map((key) => `${hintOf(key).name}: ${hintOf(key).says}.`)
