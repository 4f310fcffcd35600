/** What became of the mutants of a run: how many there were, and their records by what became of them. */
export type Tally = {
  mutants: number
  /** Mutants that are of no format any more: refused, with a message. */
  refused: number
  records: number
  events: number
  others: number
  rejects: Record<string, number>
}

export const newTally = (): Tally => ({ mutants: 0, refused: 0, records: 0, events: 0, others: 0, rejects: {} })

/** Adds one tally to another. */
export function addTally(sum: Tally, { rejects, ...counts }: Tally): void {
  for (const [name, count] of Object.entries(counts)) sum[name as keyof typeof counts] += count
  for (const [reason, count] of Object.entries(rejects)) sum.rejects[reason] = (sum.rejects[reason] ?? 0) + count
}

export const rejectsOf = ({ rejects }: Tally): number => Object.values(rejects).reduce((sum, count) => sum + count, 0)
