import type { openGroupings } from './groupings.ts'
import type { Part, Reading } from './parts.ts'
import { isHidden, isShown, type Selection } from './selection.ts'

/** Groups of stacks or of events that are equal in the fields of a question. Nothing in it changes later. */
export type Groups = {
  /** How many there are, with those that have no shown event. */
  count: number
  /** Whether `numbers` is indexed by stack or by event. Stacks are enough if all fields belong to stacks. */
  of: Part['of']
  /** The number of the group of each stack or event, from 1. They are in the order of their first stacks or events. */
  numbers: Uint32Array
  /** The first stack or event of each group. */
  first: Uint32Array
  /** The shown events of each group. */
  events: Uint32Array
  /** How many groups have a shown event, and how many a hidden one. */
  shown: number
  hidden: number
}

/** Counts the shown events of each group, by its number. */
async function countEvents(
  { pace }: Reading,
  { of, numbers }: Pick<Groups, 'of' | 'numbers'>,
  selection: Selection,
  count: number,
) {
  const { shown, states } = selection
  const events = new Uint32Array(count)
  if (of === 'stack')
    for (let stack = 0; stack < shown.length; stack++) {
      const group = numbers[stack] as number
      events[group] = (events[group] as number) + (shown[stack] as number)
    }
  else
    await pace.inParts(states.length, (from, to) => {
      for (let place = from; place < to; place++)
        if (((states[place] as number) & isShown) !== 0) {
          const group = numbers[place] as number
          events[group] = (events[group] as number) + 1
        }
    })
  return events
}

/** Counts the groups that have a hidden event. */
async function countHidden(
  { pace, columns }: Reading,
  { of, numbers }: Pick<Groups, 'of' | 'numbers'>,
  { states, hidden }: Selection,
) {
  if (hidden === 0) return 0
  const { stack } = columns.events
  const groups = new Set<number>()
  await pace.inParts(states.length, (from, to) => {
    for (let place = from; place < to; place++)
      if (((states[place] as number) & isHidden) !== 0)
        groups.add(numbers[of === 'stack' ? (stack[place] as number) : place] as number)
  })
  return groups.size
}

/** Puts the events of a question into groups. */
export async function groupsOf(
  reading: Reading,
  groupings: ReturnType<typeof openGroupings>,
  parts: readonly Part[],
  selection: Selection,
): Promise<Groups> {
  const of = parts.every((part) => part.of === 'stack') ? 'stack' : 'event'
  const { numbers, first } = await groupings[of === 'stack' ? 'ofStacks' : 'ofEvents'](reading, parts)
  const counted = await countEvents(reading, { of, numbers }, selection, first.length)
  // Numbers begin at 1.
  const events = counted.subarray(1)
  return {
    ...{ count: events.length, of, numbers, first: first.subarray(1), events },
    shown: events.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
    hidden: await countHidden(reading, { of, numbers }, selection),
  }
}
