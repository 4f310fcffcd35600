import { foldDest } from '#lib/asr/key-text.ts'
import type { Reads } from '#lib/store/reads.ts'

/** Hosts that may be the same machine as another one: the first few of them, and how many there are. */
export type Namesakes = { dests: string[]; total: number }

const few = 3

/** The first label of a host name as hosts are compared; null if it is empty or only a number, as that of an address. */
function labelOf(dest: string): string | null {
  const [label = ''] = foldDest(dest).split('.')
  return /^\d*$/.test(label) ? null : label
}

/**
 * Returns, for each of some hosts that has any, the other hosts whose names have the same first label and another domain or none, as
 * `PC-1` and `pc-1.corp.example`: a log may name a machine with its domain or without.
 */
export async function selectNamesakes(reads: Reads, dests: readonly string[]): Promise<Map<string, Namesakes>> {
  const labels = new Set(dests.map(labelOf).filter((label) => label !== null))
  const found = Map.groupBy(await reads.hostsByLabel([...labels]), ({ label }) => label)
  const namesakes = new Map<string, Namesakes>()
  for (const dest of dests) {
    const alike = found.get(labelOf(dest) ?? '') ?? []
    const others = alike.filter((other) => foldDest(other.dest) !== foldDest(dest)).map((other) => other.dest)
    if (others.length > 0) namesakes.set(dest, { dests: others.slice(0, few), total: (alike[0]?.total ?? 0) - 1 })
  }
  return namesakes
}
