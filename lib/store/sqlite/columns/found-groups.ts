import type { By } from '#lib/hunting/definition.ts'
import type { Counted } from './counted.ts'
import type { Pace } from './pace.ts'
import { keyOf, valuesOf } from './rows.ts'

/** Keys of which it is remembered what they are the key of. */
const kept = 20_000
/** Texts that are kept while all keys are computed, for each field. */
const keptTexts = 50_000
/** Groups after which messages are looked at. */
const stretch = 1000

/** The same groups, whose texts are read once if they are in many groups. */
function remembering(counted: Counted): Counted {
  const parts = counted.parts.map((part) => {
    const texts = new Map<number, string | null>()
    const textOf = (number: number): string | null => {
      const known = texts.get(number)
      if (known !== undefined) return known
      const text = part.textOf(number)
      if (texts.size >= keptTexts) texts.clear()
      texts.set(number, text)
      return text
    }
    return { ...part, textOf }
  })
  return { ...counted, parts }
}

/** Finds groups by the keys of their stacks. Those of rows that were made are remembered; else all keys are computed. */
export function openFoundGroups() {
  const known = new Map<string, number[]>()
  const nameOf = (by: readonly By[], key: string): string =>
    [...by.flatMap(({ column, step }) => [column, step]), key].join()

  function remember(by: readonly By[], counted: Counted, group: number, key: string): void {
    const name = nameOf(by, key)
    known.delete(name)
    known.set(
      name,
      counted.parts.map((_, at) => counted.numberOf(at, group)),
    )
    const [oldest] = known.size > kept ? known.keys() : []
    if (oldest !== undefined) known.delete(oldest)
  }

  const hasKey = (by: readonly By[], counted: Counted, group: number, key: string): boolean =>
    keyOf(by, valuesOf(counted, group)) === key

  function recall(by: readonly By[], counted: Counted, key: string): number | null {
    const numbers = known.get(nameOf(by, key))
    if (numbers === undefined) return null
    for (let group = 0; group < counted.groups.count; group++) {
      let at = 0
      while (at < numbers.length && counted.numberOf(at, group) === numbers[at]) at++
      if (at === numbers.length && counted.groups.events[group] !== 0)
        return hasKey(by, counted, group, key) ? group : null
    }
    return null
  }

  return {
    remember,
    /** Returns the group of the stack with a key; null if there is none. */
    find: async (pace: Pace, by: readonly By[], counted: Counted, key: string): Promise<number | null> => {
      const recalled = recall(by, counted, key)
      if (recalled !== null) return recalled
      const all = remembering(counted)
      for (let group = 0; group < counted.groups.count; group++) {
        if (counted.groups.events[group] !== 0 && hasKey(by, all, group, key)) {
          remember(by, counted, group, key)
          return group
        }
        if (group % stretch === 0) await pace.breathe()
      }
      return null
    },
  }
}
