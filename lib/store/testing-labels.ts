import type { LabelledHost } from '#lib/model/rows.ts'

/** The hosts whose name is one of the labels or begins with it and a dot, at most four of each. `names`: of all hosts, by the folded name. */
export const hostsOfLabels = (names: ReadonlyMap<string, string>, labels: readonly string[]): LabelledHost[] =>
  labels.toSorted().flatMap((label) => {
    const of = [...names].filter(([key]) => `${key}.`.startsWith(`${label}.`)).sort()
    return of.slice(0, 4).map(([, dest]) => ({ label, dest, total: of.length }))
  })
