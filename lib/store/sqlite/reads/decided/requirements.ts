import { codes } from '#lib/asr/codes.ts'
import type { AppliedDecision, FieldPattern } from '#lib/hunting/decision.ts'
import { hasLadder, ladders, type StackColumn } from '#lib/hunting/definition.ts'
import { fits, type Pattern, readPattern, wildcard } from '#lib/params/pattern.ts'
import type { DecidedAsked } from '#lib/store/reads.ts'
import { isQuick, likeOf } from '../condition.ts'

/** Where a row has the number of a field: a text, a host, an EventCode or an upload. */
export type Place =
  | 'dest'
  | 'code'
  | 'upload'
  | Exclude<StackColumn, 'dest' | 'group' | 'EventCode' | 'mode' | 'feature'>

/** Texts that fit a requirement: at a form, equal to a folded value, or fitting a pattern. */
type Texts = { from: 'text' | 'dest' | 'upload'; form: string; patterns: readonly Pattern[] }
type Requirement =
  | Texts
  | { from: 'group'; places: readonly number[] }
  | { from: 'numbers'; numbers: readonly number[] }

/** What one decision demands of one place of a row. */
type Need = { place: Place; requirement: Requirement }

const exactly = (value: string): Pattern => ({ exclude: false, parts: [value] })
const patternOf = ({ value, isWildcard }: FieldPattern): Pattern =>
  isWildcard ? wildcard(value ?? '') : exactly(value ?? '')

/** What an EventCode says in a column. */
const ofCode = {
  EventCode: (code: number) => String(code),
  mode: (code: number) => codes[code]?.mode,
  feature: (code: number) => codes[code]?.feature,
}

function needOf(pattern: FieldPattern, { groups }: Pick<DecidedAsked, 'groups'>): Need {
  const { column, step, value } = pattern
  const demanded = patternOf(pattern)
  if (column === 'EventCode' || column === 'mode' || column === 'feature') {
    const fitting = (code: number) => value !== null && fits(demanded, ofCode[column](code) ?? '')
    return { place: 'code', requirement: { from: 'numbers', numbers: Object.keys(codes).map(Number).filter(fitting) } }
  }
  if (column === 'group') {
    // Hosts of no group have the place after the last one.
    const places = groups.flatMap(({ name }, place) => (value !== null && fits(demanded, name) ? [place] : []))
    return { place: 'dest', requirement: { from: 'group', places: value === null ? [groups.length] : places } }
  }
  if (value === null) return { place: column, requirement: { from: 'numbers', numbers: column === 'dest' ? [] : [0] } }
  if (column === 'dest' || column === 'upload')
    return { place: column, requirement: { from: column, form: 'exact', patterns: [demanded] } }
  const form = step !== 'exact' && hasLadder(column) ? `${ladders[column]}.${step}` : 'exact'
  return { place: column, requirement: { from: 'text', form, patterns: [demanded] } }
}

function needsOf({ patterns, scope }: AppliedDecision, asked: DecidedAsked): Need[] {
  const needs = patterns.map((pattern) => needOf(pattern, asked))
  if (scope === null) return needs
  return [...needs, { place: 'dest', requirement: { from: 'dest', form: 'exact', patterns: scope.map(readPattern) } }]
}

/** Which place rows are looked up by: the one that is expected to have the fewest. */
const order: readonly Place[] = [
  ...(['Path', 'Target_Commandline', 'Parent_Commandline', 'Process_Name', 'User', 'dest'] as const),
  ...(['ID', 'upload', 'Signature_Version', 'Engine_Version', 'code'] as const),
]

/**
 * What decisions demand, for SQL: `needs` of each decision (its number in the list, the place, the number of a requirement, and
 * whether rows are looked up by it) and the requirements by what they are found from. `isApplicable` says whether rows have a place.
 */
export function requirementsOf(asked: DecidedAsked, isApplicable: (decision: AppliedDecision) => boolean) {
  const numbers = new Map<string, number>()
  const requirements: Requirement[] = []
  const numberOf = (requirement: Requirement): number => {
    const text = JSON.stringify(requirement)
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, requirements.length)
    return requirements.push(requirement) - 1
  }
  const needs = asked.decisions.flatMap((decision, n) => {
    if (!isApplicable(decision)) return []
    const own = needsOf(decision, asked).sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place))
    return own.map(({ place, requirement }, index) => [
      n,
      place,
      numberOf(requirement),
      index === 0 ? 1 : 0,
      own.length,
    ])
  })
  const exact: [number, string, string, string][] = []
  const wild: [number, string, string, string, string, number][] = []
  const given: [number, string, number][] = []
  for (const [r, requirement] of requirements.entries()) {
    if (requirement.from === 'numbers')
      given.push(...requirement.numbers.map((each) => [r, 'number', each] as [number, string, number]))
    else if (requirement.from === 'group')
      given.push(...requirement.places.map((each) => [r, 'group', each] as [number, string, number]))
    else
      for (const { parts } of requirement.patterns) {
        const lower = parts.map((part) => part.toLowerCase())
        if (lower.length === 1) exact.push([r, requirement.from, requirement.form, lower[0] ?? ''])
        else
          wild.push([
            r,
            requirement.from,
            requirement.form,
            likeOf({ exclude: false, parts: lower }),
            JSON.stringify(lower),
            isPlain(lower) ? 1 : 0,
          ])
      }
  }
  const groups = asked.groups.flatMap(({ patterns }, place) =>
    patterns.map(({ parts }) => [place, JSON.stringify(parts.map((part) => part.toLowerCase()))] as const),
  )
  return { needs, exact, wild, given, groups, requirements: requirements.length }
}
export type Requirements = ReturnType<typeof requirementsOf>

/**
 * Whether LIKE compares the parts of a pattern as `fits` does, with a text of ASCII only, and is quick. That also keeps the pattern below
 * the 50,000 bytes that LIKE takes: 101 parts of 240 characters, each with a character that escapes it, have fewer.
 */
const isPlain = (parts: readonly string[]): boolean =>
  isQuick(parts) && parts.every((part) => [...part].every((character) => character > '\0' && character < '\x80'))
