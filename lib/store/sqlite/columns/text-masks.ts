import type { TextKind } from '#lib/hunting/forms/rule.ts'
import { hintsOfMasks } from '#lib/hunting/hints/hints-of.ts'
import { pathHints, textHints } from '#lib/hunting/hints/text-hints.ts'
import { type Columns, grown } from './columns.ts'
import type { Block } from './list.ts'
import type { Pace } from './pace.ts'
import type { Source } from './source.ts'
import { alone, distinctIn, eachText, textOf } from './texts.ts'

/** Texts looked at in advance before others may ask. */
const slice = 500
/** Programs of command lines whose hints are kept, and how long they are at most: many have the same. */
const keptPrograms = 10_000
const longestProgram = 1000

type Base = { columns: Columns; source: Source; pace: Pace }
/** Texts of a kind, by their numbers in ascending order. */
type Texts = { kind: TextKind; ids: Uint32Array }

/** Which hints events have, as masks. What a text says is computed once. */
export function openHintMasks() {
  // By the number of a text, plus one; 0 is not known.
  const masks: Record<TextKind, Uint16Array> = { path: new Uint16Array(1024), command: new Uint16Array(1024) }
  const rules = new Map<number, { ID: string | null; ofTarget: number }>()
  /** By the place of a stack: its hints, plus one, and above these 16 bits which hints of a target hold for it. */
  let ofStacks: { stacks: Columns['stacks'] | null; masks: Int32Array } = { stacks: null, masks: new Int32Array(0) }

  const programs = new Map<string, number>()
  function ofProgram(program: string): number {
    const known = programs.get(program)
    if (known !== undefined) return known
    const mask = pathHints(program)
    if (programs.size >= keptPrograms) programs.clear()
    if (program.length <= longestProgram) programs.set(alone(program), mask)
    return mask
  }

  function keep(kind: TextKind, id: number, text: string): number {
    if (id >= masks[kind].length) masks[kind] = grown(masks[kind], id * 2)
    const mask = textHints(kind, text, ofProgram)
    masks[kind][id] = mask + 1
    return mask
  }

  function maskOf(source: Source, kind: TextKind, id: number): number {
    if (id === 0) return 0
    const known = masks[kind][id] ?? 0
    return known === 0 ? keep(kind, id, textOf(source, id) ?? '') : known - 1
  }

  /** A rule, and which hints of a target hold under it. */
  function ruleOf(source: Source, id: number) {
    const known = rules.get(id)
    if (known !== undefined) return known
    const ID = textOf(source, id)
    const none = { Process_Name: 0, Path: 0, Parent_Commandline: 0 }
    const rule = { ID, ofTarget: hintsOfMasks(ID, { ...none, Target_Commandline: 0xffff }) }
    rules.set(id, rule)
    return rule
  }

  function lookAtStack({ stacks }: Columns, source: Source, stack: number): number {
    const { rule, process, path, command } = stacks
    const { ID, ofTarget } = ruleOf(source, rule[stack] as number)
    const mask = hintsOfMasks(ID, {
      Process_Name: maskOf(source, 'path', process[stack] as number),
      Path: maskOf(source, 'path', path[stack] as number),
      Parent_Commandline: maskOf(source, 'command', command[stack] as number),
      Target_Commandline: 0,
    })
    return (mask + 1) | (ofTarget << 16)
  }

  /** By the place of an event: its hints, plus one. They hold until events are edited. */
  let ofEvents = { stacks: null as Columns['stacks'] | null, edits: 0, masks: new Uint16Array(0) }

  /** Fills in the hints of some events. */
  function fill(columns: Columns, source: Source, { places, stacks, length }: Block, filled: Uint16Array): void {
    if (ofStacks.stacks !== columns.stacks) ofStacks = { stacks: columns.stacks, masks: new Int32Array(0) }
    if (columns.stackLength > ofStacks.masks.length) ofStacks.masks = grown(ofStacks.masks, columns.stackLength * 2)
    const { target, id } = columns.events
    const { stacks: own, edits } = columns
    if (ofEvents.stacks !== own || ofEvents.edits !== edits)
      ofEvents = { stacks: own, edits, masks: new Uint16Array(0) }
    if (columns.length > ofEvents.masks.length) ofEvents.masks = grown(ofEvents.masks, id.length)
    const [ofStack, ofEvent] = [ofStacks.masks, ofEvents.masks]
    for (let index = 0; index < length; index++) {
      const place = places[index] as number
      const known = ofEvent[place] as number
      if (known !== 0) {
        filled[index] = known - 1
        continue
      }
      const stack = stacks[index] as number
      ofStack[stack] ||= lookAtStack(columns, source, stack)
      const text = target[place] as number
      const ofTarget = text === 0 ? 0 : maskOf(source, 'command', text) & ((ofStack[stack] as number) >>> 16)
      const mask = (((ofStack[stack] as number) & 0xffff) - 1) | ofTarget
      ofEvent[place] = mask + 1
      filled[index] = mask
    }
  }

  /** The texts in columns of numbers of which nothing is known. */
  const unknownIn = (kind: TextKind, column: Uint32Array, length = column.length): Texts => ({
    kind,
    ids: distinctIn(column, length, (id) => !masks[kind][id]),
  })

  /** Reads texts, and looks at those of which nothing is known yet. */
  async function look({ source, pace }: Omit<Base, 'columns'>, all: readonly Texts[]): Promise<void> {
    const count = all.reduce((sum, { ids }) => sum + ids.length, 0)
    await pace.during('hints', count, async () => {
      for (const { kind, ids } of all)
        await eachText(source, pace, ids, (id, text) => {
          // A text can be in several columns.
          if (!masks[kind][id]) keep(kind, id, text)
          pace.advance(1)
        })
    })
  }

  /** What is left to be looked at in advance, of so many events. */
  let ahead: { columns: Columns | null; length: number; texts: Texts[] } = { columns: null, length: 0, texts: [] }

  return {
    fill,
    /** Whether the texts of all events were looked at in advance. */
    isReady: ({ columns }: Base): boolean =>
      ahead.columns === columns && ahead.length === columns.length && ahead.texts.length === 0,
    /** Looks at the texts of some events, so that `fill` need not read them one by one. `places`: where the events are. */
    learn: async (base: Base, places: Uint32Array): Promise<void> => {
      const { stacks, events, length, stackLength } = base.columns
      const isIn = new Uint8Array(stackLength)
      for (const place of places) isIn[events.stack[place] as number] = 1
      const known = ofStacks.stacks === stacks ? ofStacks.masks : []
      const unknown: number[] = []
      for (let stack = 1; stack < stackLength; stack++) if (isIn[stack] === 1 && !known[stack]) unknown.push(stack)
      const inStacks = (column: Uint32Array): Uint32Array =>
        Uint32Array.from(unknown, (stack) => column[stack] as number)
      await look(base, [
        unknownIn('path', inStacks(stacks.process)),
        unknownIn('path', inStacks(stacks.path)),
        unknownIn('command', inStacks(stacks.command)),
        unknownIn(
          'command',
          places.map((place) => events.target[place] as number),
        ),
      ])
      if (places.length === length - base.columns.deleted) ahead = { columns: base.columns, length, texts: [] }
    },
    /** Looks at some more texts in advance; false if there are no more. */
    lookAhead: async (base: Base): Promise<boolean> => {
      const { columns } = base
      const { events, stacks, length, stackLength } = columns
      if (ahead.columns !== columns) {
        const texts = [
          unknownIn('path', stacks.process, stackLength),
          unknownIn('path', stacks.path, stackLength),
          unknownIn('command', stacks.command, stackLength),
          unknownIn('command', events.target, length),
        ]
        ahead = { columns, length, texts: texts.filter(({ ids }) => ids.length > 0) }
      }
      const [next] = ahead.texts
      if (next === undefined) return false
      await look(base, [{ ...next, ids: next.ids.subarray(0, slice) }])
      next.ids = next.ids.subarray(slice)
      if (next.ids.length === 0) ahead.texts.shift()
      return true
    },
  }
}
