import type { StackColumn } from '#lib/hunting/definition.ts'
import { hints as hintTable } from '#lib/hunting/hints/hints.ts'
import type { StackQuestion } from '#lib/store/reads.ts'
import type { Counted } from './counted.ts'
import { hintMasksIn } from './details.ts'
import { listed } from './list.ts'
import type { Making } from './rows.ts'

type Kept = { kept: Uint32Array; left: { stacks: number; events: number } }

/** Returns the hints that any event of each group has, as masks. Every event is looked at. */
function masksOf(making: Making): Promise<Uint16Array> {
  const { groups, selection } = making.counted
  return hintMasksIn(making, listed(making.reading, groups, selection, null, selection.events - selection.hidden))
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
