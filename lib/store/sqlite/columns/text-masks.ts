import type { TextKind } from '#lib/hunting/forms/rule.ts'
import { hintsOfMasks } from '#lib/hunting/hints/hints-of.ts'
import { textHints } from '#lib/hunting/hints/text-hints.ts'
import { type Columns, grown } from './columns.ts'
import type { Source } from './source.ts'
import { textOf } from './texts.ts'

/** Milliseconds after which others may ask, and events after which the clock is looked at. */
const slice = 20
const step = 64

/** Which hints events have, as masks. What a text says is computed once. */
export function openHintMasks() {
  // By the number of a text, plus one; 0 is not known.
  const masks: Record<TextKind, Uint16Array> = { path: new Uint16Array(1024), command: new Uint16Array(1024) }
  const rules = new Map<number, string | null>()
  const background = { columns: null as Columns | null, next: 0 }
  let ofStacks: { stacks: Columns['stacks'] | null; masks: Uint16Array } = { stacks: null, masks: new Uint16Array(0) }

  function maskOf(source: Source, kind: TextKind, id: number): number {
    if (id === 0) return 0
    if (id >= masks[kind].length) masks[kind] = grown(masks[kind], id * 2)
    const known = masks[kind][id] as number
    if (known !== 0) return known - 1
    const mask = textHints(kind, textOf(source, id) ?? '')
    masks[kind][id] = mask + 1
    return mask
  }

  function ruleOf(source: Source, id: number): string | null {
    let rule = rules.get(id)
    if (rule === undefined) {
      rule = textOf(source, id)
      rules.set(id, rule)
    }
    return rule
  }

  function ofStack(columns: Columns, source: Source, stack: number): number {
    if (ofStacks.stacks !== columns.stacks)
      ofStacks = { stacks: columns.stacks, masks: new Uint16Array(columns.stackLength) }
    if (stack >= ofStacks.masks.length) ofStacks.masks = grown(ofStacks.masks, columns.stackLength * 2)
    const known = ofStacks.masks[stack] as number
    if (known !== 0) return known - 1
    const { rule, process, path, command } = columns.stacks
    const mask = hintsOfMasks(ruleOf(source, rule[stack] as number), {
      Process_Name: maskOf(source, 'path', process[stack] as number),
      Path: maskOf(source, 'path', path[stack] as number),
      Parent_Commandline: maskOf(source, 'command', command[stack] as number),
      Target_Commandline: 0,
    })
    ofStacks.masks[stack] = mask + 1
    return mask
  }

  /** The hints of an event, by the place of its stack and the number of its target. */
  function maskOfEvent(columns: Columns, source: Source, stack: number, target: number): number {
    const mask = ofStack(columns, source, stack)
    if (target === 0) return mask
    const rule = ruleOf(source, columns.stacks.rule[stack] as number)
    const Target_Commandline = maskOf(source, 'command', target)
    return mask | hintsOfMasks(rule, { Process_Name: 0, Path: 0, Parent_Commandline: 0, Target_Commandline })
  }

  return {
    of: maskOfEvent,
    /** Looks at some more events in advance; false if there are no more. */
    lookAhead: (columns: Columns, source: Source): boolean => {
      if (background.columns !== columns) Object.assign(background, { columns, next: 0 })
      const { stack, target } = columns.events
      const end = performance.now() + slice
      while (background.next < columns.length && performance.now() < end) {
        const to = Math.min(background.next + step, columns.length)
        for (; background.next < to; background.next++) {
          const of = stack[background.next] as number
          if (of !== 0) maskOfEvent(columns, source, of, target[background.next] as number)
        }
      }
      return background.next < columns.length
    },
  }
}
