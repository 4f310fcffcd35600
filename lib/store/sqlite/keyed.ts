/** Mixes whole numbers below 2^32 into one of 52 bits. */
export function hashNumbers(numbers: readonly number[]): number {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (const number of numbers) {
    low = Math.imul(low ^ number, 0x9e3779b1)
    low ^= low >>> 15
    high = Math.imul(high ^ number, 0x85ebca6b)
    high ^= high >>> 13
  }
  return (high >>> 12) * 4_294_967_296 + (low >>> 0)
}

/** Things by a hash of their key; those of one hash are told apart by the key itself. */
export function openKeyed<Key, Thing extends { key: Key; hash: number; next: Thing | null }>(
  same: (a: Key, b: Key) => boolean,
) {
  const things = new Map<number, Thing>()
  return {
    get: (hash: number, key: Key): Thing | undefined => {
      for (let thing = things.get(hash) ?? null; thing !== null; thing = thing.next)
        if (same(thing.key, key)) return thing
      return undefined
    },
    add: (thing: Thing): Thing => {
      thing.next = things.get(thing.hash) ?? null
      things.set(thing.hash, thing)
      return thing
    },
    size: () => things.size,
    clear: () => things.clear(),
  }
}
