import type { AppliedDecision } from '#lib/hunting/decision.ts'
import { readPattern } from '#lib/params/pattern.ts'
import { groupRows } from './grouping.ts'
import { type Part, partOf, type Reading } from './parts.ts'
import { addPatterns, addTest, noTests, openPassing, type Passed, type Tests } from './tests.ts'

/** What a decision demands: that the value of a field passes a test. */
type Demand = { field: string; test: number }

/** The tests of every field that decisions name, and what each decision demands of them. */
function demandsOf(decisions: readonly AppliedDecision[]) {
  const fields = new Map<string, Tests>()
  const fieldOf = (by: Tests['by']): [string, Tests] => {
    const field = `${by.column} ${by.step}`
    const tests = fields.get(field) ?? noTests(by)
    fields.set(field, tests)
    return [field, tests]
  }
  const demands = decisions.map(({ patterns, scope }): Demand[] => {
    const ofPatterns = patterns.map((pattern) => {
      const [field, tests] = fieldOf({ column: pattern.column, step: pattern.step })
      return { field, test: addTest(tests, pattern) }
    })
    if (scope === null) return ofPatterns
    const [field, tests] = fieldOf({ column: 'dest', step: 'exact' })
    return [...ofPatterns, { field, test: addPatterns(tests, scope.map(readPattern)) }]
  })
  return { fields, demands }
}

/** A field that decisions name: its values, and which tests they pass. */
type Field = { part: Part; passed: Passed }

const passes = ({ part, passed }: Field, test: number, place: number): boolean =>
  passed.sets[passed.places[part.numbers[place] as number] as number]?.has(test) ?? false

/** Decisions that may apply to an event, in their order: all but the last also demand something of the event itself. */
type Candidate = { decision: number; ofEvent: Demand[] }

/** Finds the decision that applies to each event. */
export function openDeciding() {
  const pass = openPassing()

  /** Returns the place of the first decision that fits each event, plus one; 0 if none does. Null if there are no decisions. */
  return async (reading: Reading, decisions: readonly AppliedDecision[]): Promise<Uint32Array | null> => {
    if (decisions.length === 0) return null
    const { columns, pace } = reading
    const tests = demandsOf(decisions)
    const fields = new Map<string, Field>()
    for (const [name, each] of tests.fields) {
      const part = await partOf(reading, each.by)
      fields.set(name, { part, passed: await pass(reading, part, each) })
    }
    const isOf = (of: Part['of'], { field }: Demand): boolean => fields.get(field)?.part.of === of
    const isMet = ({ field, test }: Demand, place: number): boolean => passes(fields.get(field) as Field, test, place)
    const split = tests.demands.map((demands) => ({
      ofStack: demands.filter((demand) => isOf('stack', demand)),
      ofEvent: demands.filter((demand) => isOf('event', demand)),
    }))

    // Stacks whose values pass the same tests have the same candidates: there are few such groups.
    const { stackLength, events } = columns
    const sets = [...fields.values()].flatMap(({ part, passed }) =>
      part.of === 'stack' ? [setsOf(part.numbers, stackLength, passed.places)] : [],
    )
    const groups = await groupRows(pace, sets, stackLength)
    const candidates = Array.from(groups.first, (stack): Candidate[] => {
      const all: Candidate[] = []
      for (const [decision, { ofStack, ofEvent }] of split.entries()) {
        if (!ofStack.every((demand) => isMet(demand, stack))) continue
        all.push({ decision, ofEvent })
        if (ofEvent.length === 0) break
      }
      return all
    })

    const decided = new Uint32Array(columns.length)
    await pace.inParts(columns.length, (from, to) => {
      for (let place = from; place < to; place++) {
        for (const { decision, ofEvent } of candidates[groups.numbers[events.stack[place] as number] as number] ?? []) {
          if (!ofEvent.every((demand) => isMet(demand, place))) continue
          decided[place] = decision + 1
          break
        }
      }
    })
    return decided
  }
}

function setsOf(numbers: Uint32Array, length: number, places: Uint32Array): Uint32Array {
  const sets = new Uint32Array(length)
  for (let at = 0; at < length; at++) sets[at] = places[numbers[at] as number] as number
  return sets
}
