import { mostOf } from './different.ts'
import { type Grouping, groupRows } from './grouping.ts'
import type { Part, Reading } from './parts.ts'
import { isHidden, isShown, type Selection } from './selection.ts'

/** Numbers events by some fields, from 1; 0 if an event is not selected. Fields of stacks are grouped once for each stack. */
export async function groupEvents(reading: Reading, parts: readonly Part[], states: Uint8Array): Promise<Uint32Array> {
  const { columns, pace } = reading
  const { events, stacks, length, stackLength } = columns
  const numbersOf = (of: Part['of']) => parts.filter((part) => part.of === of).map(({ numbers }) => numbers)
  const grouped: Grouping = await groupRows(pace, numbersOf('stack'), stackLength, stacks.live)
  const { stack } = events
  const common = new Uint32Array(length)
  await pace.inParts(length, (from, to) => {
    for (let place = from; place < to; place++)
      if (states[place] !== 0) common[place] = grouped.numbers[stack[place] as number] as number
  })
  const ofEvent = numbersOf('event')
  return ofEvent.length === 0 ? common : (await groupRows(pace, [common, ...ofEvent], length, common)).numbers
}

/** Events in groups: of group `g`, the places in `order` from `starts[g]` to before `starts[g + 1]`. */
export type Groups = { count: number; starts: Uint32Array; order: Uint32Array }

/** Puts the shown events of each group next to each other. Groups without one are left out. */
export async function gatherGroups({ pace }: Reading, numbers: Uint32Array, { states }: Selection): Promise<Groups> {
  const most = mostOf(numbers, numbers.length)
  const sizes = new Uint32Array(most + 1)
  await pace.inParts(numbers.length, (from, to) => {
    for (let place = from; place < to; place++)
      if (((states[place] as number) & isShown) !== 0) {
        const number = numbers[place] as number
        sizes[number] = (sizes[number] as number) + 1
      }
  })
  let count = 0
  for (let number = 1; number <= most; number++) if (sizes[number] !== 0) count += 1
  const starts = new Uint32Array(count + 1)
  // From here on, where the next event of each group goes.
  const next = sizes
  let [group, total] = [0, 0]
  for (let number = 1; number <= most; number++) {
    const size = sizes[number] as number
    if (size === 0) continue
    starts[group++] = total
    next[number] = total
    total += size
  }
  starts[count] = total
  const order = new Uint32Array(total)
  await pace.inParts(numbers.length, (from, to) => {
    for (let place = from; place < to; place++)
      if (((states[place] as number) & isShown) !== 0) {
        const number = numbers[place] as number
        const at = next[number] as number
        order[at] = place
        next[number] = at + 1
      }
  })
  return { count, starts, order }
}

/** How many groups have a hidden event, and how many decisions hide some. */
export function countHidden(numbers: Uint32Array, { states }: Selection, decided: Uint32Array | null) {
  const groups = new Set<number>()
  const deciding = new Set<number>()
  if (decided !== null)
    for (let place = 0; place < states.length; place++)
      if (((states[place] as number) & isHidden) !== 0) {
        groups.add(numbers[place] as number)
        deciding.add(decided[place] as number)
      }
  return { stacks: groups.size, dispositions: deciding.size }
}
