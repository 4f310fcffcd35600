import type { StackColumn } from '#lib/hunting/definition.ts'
import { hints as hintTable } from '#lib/hunting/hints/hints.ts'
import type { StackQuestion } from '#lib/store/reads.ts'
import type { Counted } from './counted.ts'
import type { Making } from './rows.ts'

type Kept = { kept: Uint32Array; left: { stacks: number; events: number } }

/** Events whose hints are looked at before messages are. */
const stretch = 4096

/** Returns the hints that any event of each group has, as masks. Every event is looked at. */
async function masksOf({ reading, counted, hints }: Making): Promise<Uint16Array> {
  const { columns, source, pace } = reading
  const { stack, target } = columns.events
  const { count, starts, order } = counted.groups
  const masks = new Uint16Array(count)
  let group = 0
  await pace.inParts(
    order.length,
    (from, to) => {
      for (let at = from; at < to; at++) {
        while (at >= (starts[group + 1] as number)) group += 1
        const place = order[at] as number
        const mask = hints.of(columns, source, stack[place] as number, target[place] as number)
        masks[group] = (masks[group] as number) | mask
      }
    },
    stretch,
  )
  return masks
}

/** Limits stacks by what is not counted of every stack: their ratio and their hints, which are kept as long as what was counted. */
export function openFurtherLimits() {
  const known = new WeakMap<Counted, Uint16Array>()
  async function hintsOf(making: Making): Promise<Uint16Array> {
    const masks = known.get(making.counted) ?? (await masksOf(making))
    known.set(making.counted, masks)
    return masks
  }

  return {
    /** Returns, of the groups that other limits leave, those with the ratio and the hint asked for, and what is left out in all. */
    limit: async (
      making: Making,
      { kept, left }: Kept,
      { minRatio, hint }: Pick<StackQuestion, 'minRatio' | 'hint'>,
    ): Promise<Kept> => {
      if (minRatio === null && hint === null) return { kept, left }
      const { ratio, sums } = making.counted
      const bits = hint === null ? 0 : hint === 'any' ? 0xffff : hintTable[hint].bit
      const masks = hint === null ? null : await hintsOf(making)
      const further = { ...left }
      const some = kept.filter((group) => {
        // A group without events before has no ratio, which is NaN here: it is not at least anything.
        const isEnough = minRatio === null || (ratio?.[group] ?? Number.NaN) >= minRatio
        if (isEnough && (masks === null || ((masks[group] as number) & bits) !== 0)) return true
        further.stacks += 1
        further.events += sums.events[group] as number
        return false
      })
      return { kept: some, left: further }
    },
    /** Makes groups known by how many hints they have, for an order by these. */
    rankHints: async (making: Making): Promise<void> => {
      const ranks: Map<StackColumn | 'hints', Uint32Array> = making.counted.ranks
      if (!ranks.has('hints')) ranks.set('hints', Uint32Array.from(await hintsOf(making), bitsIn))
    },
  }
}

function bitsIn(mask: number): number {
  let count = 0
  for (let rest = mask; rest > 0; rest >>>= 1) count += rest & 1
  return count
}
