import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'
import { type Canonical, isOwnField } from './canonical.ts'
import { type Detection, type DetectionKey, detectionsOf } from './detections.ts'
import type { RegistryChange } from './registry.ts'

/** What must be known of an event to say which result rows it belongs to. */
export type StackedEvent = Canonical & { dest: string; EventCode: number; changes: readonly RegistryChange[] }

/**
 * A result row that an event belongs to. Detections within one another share rows: stacking and block, registry and
 * disabled. Rows are identified by family and by-values, never by the other fields, which follow from these.
 */
export type StackRow<Key extends string = DetectionKey> = {
  /** Number of the narrowest detection the row belongs to; it belongs to each detection that has it among its numbers. */
  detection: number
  /** The broadest of these detections, whose by-fields the row has. */
  family: Key
  /** Values of the by-fields of the family, in their order; null if missing. */
  by: (string | null)[]
  /** Splunk's grouping returns it, in every detection it belongs to. */
  faithful: boolean
  /**
   * Complete mode of ASR Rule Disabled returns it. A row of that detection without it is one that only Splunk returns:
   * it raises no risk in complete mode.
   */
  disabled: boolean
  /** A configuration change that lowered protection. */
  weakened: boolean
  /** Excluded paths that a configuration change added or removed. */
  exclusion: string | null
}

/** Which changes belong to a narrower detection of the changes: these have the same EventCode. */
const narrowerChanges: Record<string, (change: RegistryChange) => boolean> = {
  disabled: ({ disabled, faithfulDisabled }) => disabled || faithfulDisabled,
}

/** A detection groups changes, and not events, if it groups by what only a change has. */
const isOfChanges = ({ by }: Pick<Detection, 'by'>): boolean => by.includes('New_Registry_Value')

/**
 * A result row that every event of one EventCode belongs to: `number` is its detection, `isNamed` says whether the code
 * has each by-field under its own name.
 */
export type StackPlan<Key extends string = DetectionKey> = {
  family: Key
  by: readonly string[]
  number: number
  isNamed: boolean
}

/** The result rows of events, in two parts: those that follow from the EventCode, and those of configuration changes. */
export type Stacks<Key extends string = DetectionKey> = {
  plansOf(code: number): readonly StackPlan<Key>[]
  ofPlan(event: StackedEvent, plan: StackPlan<Key>): StackRow<Key>
  ofChanges(event: StackedEvent): StackRow<Key>[]
}

/**
 * Makes the functions that return the result rows of an event, for the detections of a table.
 * @throws if narrower detections of a family overlap without one being within the other: a row has one number.
 */
export function openStacks<const Entry extends DetectionEntry>(table: readonly Entry[]): Stacks<Entry['key']> {
  type Key = Entry['key']
  const detections = Object.values(detectionsOf(table)) as Detection<Key>[]
  const families = detections.filter(({ key, family }) => key === family)
  const members = (family: Key): Detection<Key>[] => detections.filter((each) => each.family === family)

  /** The narrowest of some detections that share a row. */
  function narrowest(sharing: Detection<Key>[]): number {
    const [first, ...rest] = sharing.toSorted((a, b) => a.numbers.length - b.numbers.length)
    if (first === undefined) throw new Error('A row belongs to no detection.')
    const other = rest.find(({ numbers }) => !numbers.includes(first.number))
    if (other !== undefined) throw new Error(`${first.key} and ${other.key} overlap, and neither is within the other.`)
    return first.number
  }

  const processFamilies = families.filter((family) => !isOfChanges(family))
  const plansOf = (code: number): StackPlan<Key>[] =>
    processFamilies
      .filter(({ codes }) => codes.includes(code))
      .map(({ key, by }) => ({
        family: key,
        by,
        number: narrowest(members(key).filter(({ codes }) => codes.includes(code))),
        isNamed: by.every((field) => field === 'dest' || field === 'EventCode' || isOwnField(code, field)),
      }))
  const plans = new Map([...new Set(detections.flatMap(({ codes }) => codes))].map((code) => [code, plansOf(code)]))
  const changeFamilies = families.filter(isOfChanges)

  function ofPlan(event: StackedEvent, { family, by, number, isNamed }: StackPlan<Key>): StackRow<Key> {
    const values = by.map((field) => (field === 'EventCode' ? String(event.EventCode) : textOf(event, field)))
    const faithful = isNamed && !values.includes(null)
    return { detection: number, family, by: values, faithful, disabled: false, weakened: false, exclusion: null }
  }

  function ofChange(event: StackedEvent, change: RegistryChange, { key, by }: Detection<Key>): StackRow<Key> {
    const both = { ...event, ...change }
    const sharing = members(key).filter((each) => each.key === key || narrowerChanges[each.key]?.(change) === true)
    const { faithful, disabled, weakened, exclusion } = change
    return {
      detection: narrowest(sharing),
      family: key,
      by: by.map((field) => textOf(both, field)),
      faithful,
      disabled,
      weakened,
      exclusion,
    }
  }

  return {
    plansOf: (code) => plans.get(code) ?? noPlans,
    ofPlan,
    ofChanges: (event) =>
      event.changes.flatMap((change) => changeFamilies.map((family) => ofChange(event, change, family))),
  }
}

const noPlans: readonly never[] = []

/** Makes the function that returns all result rows of an event, for the detections of a table. */
export function openStacksOf<const Entry extends DetectionEntry>(
  table: readonly Entry[],
): (event: StackedEvent) => StackRow<Entry['key']>[] {
  const { plansOf, ofPlan, ofChanges } = openStacks(table)
  return (event) => [...plansOf(event.EventCode).map((plan) => ofPlan(event, plan)), ...ofChanges(event)]
}

/** The value of a by-field; null if it is missing. */
const textOf = (fields: object, field: string): string | null =>
  (fields as Record<string, string | null | undefined>)[field] ?? null

export const stacks: Stacks = openStacks(detectionTable)

/** Returns the result rows that an event belongs to: one for each family that asks for its code, one for each change. */
export const stacksOf = openStacksOf(detectionTable)
