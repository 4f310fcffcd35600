import type { FieldPattern } from '#lib/hunting/decision.ts'
import type { By } from '#lib/hunting/definition.ts'
import { type Pattern, wildcard } from '#lib/params/pattern.ts'
import { fitsLower } from '#lib/text/fits.ts'
import type { Part, Reading } from './parts.ts'
import { distinctIn, eachText } from './texts.ts'

/** Tests of the values of one field. Each has a number; many of them are looked up at once. */
export type Tests = {
  by: By
  count: number
  /** Tests for "not logged", for a text without regard to case, and for patterns in lower case, of which one must fit. */
  missing: number[]
  equal: Map<string, number[]>
  patterns: { number: number; any: readonly (readonly string[])[] }[]
}

export const noTests = (by: By): Tests => ({ by, count: 0, missing: [], equal: new Map(), patterns: [] })

/** Adds a test for one of some patterns, and returns its number. */
export function addPatterns(tests: Tests, any: readonly Pattern[]): number {
  const lower = any.map(({ parts }) => parts.map((part) => part.toLowerCase()))
  tests.patterns.push({ number: tests.count, any: lower })
  return tests.count++
}

/** Adds the test of a decision, and returns its number. */
export function addTest(tests: Tests, { value, isWildcard }: FieldPattern): number {
  if (value !== null && isWildcard) return addPatterns(tests, [wildcard(value)])
  if (value === null) tests.missing.push(tests.count)
  else {
    const lower = value.toLowerCase()
    tests.equal.set(lower, [...(tests.equal.get(lower) ?? []), tests.count])
  }
  return tests.count++
}

function passedBy(tests: Tests, text: string | null): number[] {
  if (text === null) return tests.missing
  const lower = text.toLowerCase()
  const equal = tests.equal.get(lower) ?? []
  const fitting = tests.patterns.filter(({ any }) => any.some((parts) => fitsLower(parts, lower)))
  return fitting.length === 0 ? equal : [...equal, ...fitting.map(({ number }) => number)]
}

/** Which tests the values of a field pass: for the number of each value the place of a set in `sets`. */
export type Passed = { places: Uint32Array; sets: ReadonlySet<number>[] }

type Known = Passed & { key: string; setPlaces: Map<string, number> }

/** Values after which messages are looked at: a form that is not kept is computed again. */
const stretch = 1000

/** Looks up which values pass tests. What was found of a field is kept until its tests change. */
export function openPassing() {
  const known = new Map<string, Known>()

  return async (reading: Reading, part: Part, tests: Tests): Promise<Passed> => {
    const { columns, source, pace, groups } = reading
    const { column, step } = tests.by
    const name = `${column} ${step}`
    const key = JSON.stringify([
      part.edition ?? 0,
      [...tests.equal, tests.patterns, tests.missing],
      column === 'group' ? groups : null,
    ])
    const found = known.get(name)
    const isKept = found?.key === key
    // The first set is for values that were not looked up, the second is empty.
    const passed: Known = isKept
      ? found
      : { key, places: new Uint32Array(0), sets: [new Set(), new Set()], setPlaces: new Map([['', 1]]) }
    known.set(name, passed)
    const length = part.of === 'event' ? columns.length : columns.stackLength
    const missing = distinctIn(part.numbers, length, (number) => !passed.places[number])
    const most = Math.max(missing.at(-1) ?? 0, 0)
    if (most >= passed.places.length) {
      const places = new Uint32Array(most + 1 + (most >>> 1))
      places.set(passed.places)
      passed.places = places
    }
    const look = (number: number, text: string | null): void => {
      const list = passedBy(tests, text)
      const joined = list.join()
      let place = passed.setPlaces.get(joined)
      if (place === undefined) {
        place = passed.sets.push(new Set(list)) - 1
        passed.setPlaces.set(joined, place)
      }
      passed.places[number] = place
    }
    if (passed.places[0] === 0) look(0, part.textOf(0))
    if (part.isText) await eachText(source, pace, missing, look)
    else
      for (const [at, number] of missing.entries()) {
        look(number, part.textOf(number))
        if (at % stretch === 0) await pace.breathe()
      }
    return passed
  }
}
