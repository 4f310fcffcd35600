/** Numbers that were met: the last stamp that each was met with. A new stamp forgets them all without clearing anything. */
export type Met = { last: Uint32Array; stamp: number }

/** The next stamp. */
function nextStamp(met: Met): number {
  if (met.stamp === 0xffff_ffff) {
    met.last.fill(0)
    met.stamp = 0
  }
  met.stamp += 1
  return met.stamp
}

/** Returns how many different numbers the events of a stretch of `order` have. */
export function differentIn(met: Met, order: Uint32Array, from: number, to: number, numbers: Uint32Array): number {
  const stamp = nextStamp(met)
  const { last } = met
  let different = 0
  for (let at = from; at < to; at++) {
    const number = numbers[order[at] as number] as number
    if (last[number] === stamp) continue
    last[number] = stamp
    different += 1
  }
  return different
}

/** As `differentIn`, of the numbers that the stacks of the events have; of those that are counted. */
export function differentOfStack(
  met: Met,
  order: Uint32Array,
  from: number,
  to: number,
  stack: Uint32Array,
  numbers: Uint32Array,
  isCounted: ((place: number) => boolean) | null = null,
): number {
  const stamp = nextStamp(met)
  const { last } = met
  let different = 0
  for (let at = from; at < to; at++) {
    const place = order[at] as number
    if (isCounted !== null && !isCounted(place)) continue
    const number = numbers[stack[place] as number] as number
    if (last[number] === stamp) continue
    last[number] = stamp
    different += 1
  }
  return different
}

/** The largest of some numbers; 0 if there are none. */
export function mostOf(numbers: Uint32Array, length: number): number {
  let most = 0
  for (let at = 0; at < length; at++) if ((numbers[at] as number) > most) most = numbers[at] as number
  return most
}
