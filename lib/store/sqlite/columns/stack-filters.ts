import { fits, type Pattern } from '#lib/params/pattern.ts'
import type { StackFilter } from '#lib/store/reads.ts'
import { partOf, type Reading } from './parts.ts'
import { addPatterns, noTests, openPassing, type Tests } from './tests.ts'

/** Adds a test for one of some patterns, which a missing value passes as the text NULL; returns null if there are no patterns. */
function addAny(tests: Tests, patterns: readonly Pattern[]): number | null {
  if (patterns.length === 0) return null
  const number = addPatterns(tests, patterns)
  if (patterns.some((pattern) => fits(pattern, 'NULL'))) tests.missing.push(number)
  return number
}

/** Finds the events that fit the filters which only stacks have, from the values of their fields in memory. */
export function openStackFilters() {
  const pass = openPassing()

  /** Takes 1 from each place whose event does not fit a filter. */
  async function narrow(reading: Reading, { by, patterns }: StackFilter, isFit: Uint8Array): Promise<void> {
    const { columns, pace } = reading
    const tests = noTests(by)
    const included = addAny(
      tests,
      patterns.filter(({ exclude }) => !exclude),
    )
    const excluded = addAny(
      tests,
      patterns.filter(({ exclude }) => exclude),
    )
    const part = await partOf(reading, by)
    const { places, sets } = await pass(reading, part, tests)
    const isFitting = Uint8Array.from(sets, (set) =>
      Number((included === null || set.has(included)) && (excluded === null || !set.has(excluded))),
    )
    const { stack } = columns.events
    const isOfStack = part.of === 'stack'
    await pace.inParts(columns.length, (from, to) => {
      for (let place = from; place < to; place++) {
        const number = part.numbers[isOfStack ? (stack[place] as number) : place] as number
        if (isFitting[places[number] as number] === 0) isFit[place] = 0
      }
    })
  }

  /** Returns 1 for each place whose event fits all filters and has 1 in `among`, which is null for all; null if all events fit. */
  return async (
    reading: Reading,
    filters: readonly StackFilter[],
    among: Uint8Array | null,
  ): Promise<Uint8Array | null> => {
    if (filters.length === 0) return among
    const isFit = among?.slice() ?? new Uint8Array(reading.columns.length).fill(1)
    for (const filter of filters) await narrow(reading, filter, isFit)
    return isFit
  }
}
