import { hash } from 'node:crypto'
import type { Step } from '#lib/hunting/definition.ts'
import { formOf } from '#lib/hunting/forms/form.ts'
import { programOf } from '#lib/hunting/forms/program.ts'
import type { TextKind } from '#lib/hunting/forms/rule.ts'
import { grown } from './columns.ts'
import type { Pace } from './pace.ts'
import type { Source } from './source.ts'
import { alone, distinctIn, eachText, textOf } from './texts.ts'

/** The forms that one step gives texts of one kind. */
export type Ladder = {
  kind: TextKind
  step: Step
  /** The number of the form of each text, by the number of the text; 0 if it is not known yet. Forms begin at 1. */
  numbers: Uint32Array
  /** Of a form that is not kept, the number of a text that has it. Read them by `formAt`. */
  forms: (string | number | null)[]
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
const slice = 500
/** Characters of forms up to which those of several steps are kept, and how many the bookkeeping of one form counts as. */
const kept = 256_000_000
const perForm = 100
/** Programs whose forms are kept while those of command lines are computed: many have the same. */
const keptPrograms = 10_000

/**
 * How long a form is at most to be kept as it is, and how many characters of one ladder are. Of others the hash is kept, by which forms
 * differ: so long command lines, of which an attacker can log as many as they like, do not use up the memory.
 */
const limits = { form: 1000, ladder: 128_000_000 }

/** Returns the form of a number; null for 0, which is what was not logged. */
export function formAt(source: Source, { kind, step, forms }: Pick<Ladder, 'kind' | 'step' | 'forms'>, number: number) {
  const form = forms[number] ?? null
  return typeof form === 'number' ? formOf(step, kind, textOf(source, form) ?? '') : form
}

/** Forms of texts, by kind and step. Those that nobody has asked for the longest are forgotten if all are too many. A text is read once, and of its forms only the different ones are kept. */
export function openLadders(bounds = limits) {
  const all = new Map<string, Ladder & { places: Map<string, number>; hashes: Map<string, number> }>()
  let editions = 0
  const countAll = (): number => [...all.values()].reduce((sum, { size }) => sum + size, 0)
  function forgetOldest(): void {
    const [oldest] = countAll() > kept ? all.keys() : []
    if (oldest !== undefined) all.delete(oldest)
  }
  /** The texts in a column that have no form yet. */
  const missingIn = ({ kind, step, column, length }: Climb): Uint32Array => {
    const numbers = all.get(`${kind} ${step}`)?.numbers
    return distinctIn(column, length, (id) => !numbers?.[id])
  }

  /** Computes the forms of some texts, those that have none yet; returns their ladder. */
  async function compute({ source, pace, kind, step }: Climb, ids: Uint32Array): Promise<Ladder> {
    const name = `${kind} ${step}`
    const found = all.get(name)
    if (found === undefined) forgetOldest()
    const ladder = found ?? {
      ...{
        kind,
        step,
        numbers: new Uint32Array(1024),
        forms: [null],
        edition: ++editions,
        size: 0,
        places: new Map<string, number>(),
        hashes: new Map<string, number>(),
      },
    }
    all.delete(name)
    all.set(name, ladder)
    const missing = ids.filter((id) => !ladder.numbers[id])
    const last = missing.at(-1) ?? 0
    if (last >= ladder.numbers.length) ladder.numbers = grown(ladder.numbers, last * 2)
    function numberOf(form: string, id: number): number {
      const { places, hashes, forms } = ladder
      const known = places.get(form)
      if (known !== undefined) return known
      // A short form that was met before the ladder was full is known by itself, any other by its hash.
      const isKept = form.length <= bounds.form && ladder.size < bounds.ladder
      const key = isKept ? alone(form) : hash('sha256', form, 'base64')
      const hashed = isKept ? undefined : hashes.get(key)
      if (hashed !== undefined) return hashed
      const number = forms.push(isKept ? key : id) - 1
      ;(isKept ? places : hashes).set(key, number)
      ladder.size += key.length + perForm
      return number
    }
    const programs = new Map<string, number>()
    function ofProgram(program: string, id: number): number {
      const known = programs.get(program)
      if (known !== undefined) return known
      const number = numberOf(formOf(step, 'path', program), id)
      if (programs.size >= keptPrograms) programs.clear()
      if (program.length <= bounds.form) programs.set(alone(program), number)
      return number
    }
    const isOfProgram = kind === 'command' && step !== 'normalised'
    const take = (id: number, text: string): void => {
      pace.advance(1)
      ladder.numbers[id] = isOfProgram ? ofProgram(programOf(text), id) : numberOf(formOf(step, kind, text), id)
    }
    if (missing.length > 0) await pace.during('forms', missing.length, () => eachText(source, pace, missing, take))
    return ladder
  }

  /** What is left to be computed in advance, by column and step. */
  const ahead = new WeakMap<Uint32Array, Map<Step, Uint32Array>>()

  return {
    /** Returns the forms of every text in a column. */
    of: (climb: Climb): Promise<Ladder> => compute(climb, missingIn(climb)),
    /** Computes some more forms in advance; false if there are no more, or they are too many to be kept. */
    lookAhead: async (climb: Climb): Promise<boolean> => {
      const { column, step } = climb
      const steps = ahead.get(column) ?? new Map<Step, Uint32Array>()
      ahead.set(column, steps)
      const left = steps.get(step) ?? missingIn(climb)
      steps.set(step, left.subarray(slice))
      if (left.length === 0 || countAll() >= kept) return false
      await compute(climb, left.subarray(0, slice))
      return true
    },
  }
}
