import type { Step } from '#lib/hunting/definition.ts'
import { formOf } from '#lib/hunting/forms/form.ts'
import { programOf } from '#lib/hunting/forms/program.ts'
import type { TextKind } from '#lib/hunting/forms/rule.ts'
import { grown } from './columns.ts'
import type { Pace } from './pace.ts'
import type { Source } from './source.ts'
import { alone, distinctIn, eachText } from './texts.ts'

/** The forms that one step gives texts of one kind. */
export type Ladder = {
  /** The number of the form of each text, by the number of the text; 0 if it is not known yet. Forms begin at 1. */
  numbers: Uint32Array
  forms: (string | null)[]
  /** Another number each time that its forms get new numbers. */
  edition: number
  /** Characters of its forms, with their bookkeeping. */
  size: number
}

/** A column whose texts are to have their forms at a step. */
export type Climb = {
  source: Source
  pace: Pace
  kind: TextKind
  step: Exclude<Step, 'exact'>
  column: Uint32Array
  length: number
}

export type Ladders = ReturnType<typeof openLadders>

/** Texts looked at before others may ask. */
const slice = 2000
/** Characters of forms up to which those of several steps are kept, and how many the bookkeeping of one form counts as. */
const kept = 256_000_000
const perForm = 100
/** Programs whose forms are kept while those of command lines are computed: many have the same. */
const keptPrograms = 10_000

/** Forms of texts, by kind and step. Those that nobody has asked for the longest are forgotten if all are too many. A text is read once, and of its forms only the different ones are kept. */
export function openLadders() {
  const all = new Map<string, Ladder & { places: Map<string, number> }>()
  let editions = 0
  const countAll = (): number => [...all.values()].reduce((sum, { size }) => sum + size, 0)
  function forgetOldest(): void {
    const [oldest] = countAll() > kept ? all.keys() : []
    if (oldest !== undefined) all.delete(oldest)
  }
  /** Computes the forms of texts in a column, of so many that have none yet; returns the ladder, and how many it has computed. */
  async function compute({ source, pace, kind, step, column, length }: Climb, most: number) {
    const name = `${kind} ${step}`
    const found = all.get(name)
    if (found === undefined) forgetOldest()
    const ladder = found ?? {
      ...{
        numbers: new Uint32Array(1024),
        forms: [null],
        edition: ++editions,
        size: 0,
        places: new Map<string, number>(),
      },
    }
    all.delete(name)
    all.set(name, ladder)
    const missing = distinctIn(column, length, (id) => !ladder.numbers[id]).subarray(0, most)
    const last = missing.at(-1) ?? 0
    if (last >= ladder.numbers.length) ladder.numbers = grown(ladder.numbers, last * 2)
    function numberOf(form: string): number {
      const known = ladder.places.get(form)
      if (known !== undefined) return known
      const own = alone(form)
      const number = ladder.forms.push(own) - 1
      ladder.places.set(own, number)
      ladder.size += own.length + perForm
      return number
    }
    const programs = new Map<string, number>()
    function ofProgram(program: string): number {
      const known = programs.get(program)
      if (known !== undefined) return known
      const number = numberOf(formOf(step, 'path', program))
      if (programs.size >= keptPrograms) programs.clear()
      programs.set(alone(program), number)
      return number
    }
    const isOfProgram = kind === 'command' && step !== 'normalised'
    const take = (id: number, text: string): void => {
      pace.advance(1)
      ladder.numbers[id] = isOfProgram ? ofProgram(programOf(text)) : numberOf(formOf(step, kind, text))
    }
    if (missing.length > 0) await pace.during('forms', missing.length, () => eachText(source, pace, missing, take))
    return { ladder, computed: missing.length }
  }

  return {
    /** Returns the forms of every text in a column. */
    of: async (climb: Climb): Promise<Ladder> => (await compute(climb, Number.POSITIVE_INFINITY)).ladder,
    /** Computes some more forms in advance; false if there are no more, or they are too many to be kept. */
    lookAhead: async (climb: Climb): Promise<boolean> =>
      countAll() < kept && (await compute(climb, slice)).computed === slice,
  }
}
