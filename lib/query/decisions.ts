import type { Decision, Reach, StoredDecision } from '#lib/model/decisions.ts'
import type { Page } from '#lib/model/rows.ts'
import { pageOf, pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import type { ControlReads, EventReads } from '#lib/store/reads.ts'
import { appliedAt, appliesAt, groupPatterns } from './decided.ts'

/** A decision with what it fits now; null if it has expired. `others`: the decisions that disagree about some of it. */
export type ReachedDecision = StoredDecision & { reach: Reach | null; others: readonly Decision[] }

/** Decisions on one page at most: what each fits is counted for them. */
export const longestDecisions = 200

/** A page of the decisions, the newest first, with what each fits among all stored events. */
export async function selectDecisions(
  reads: EventReads & ControlReads,
  { page, limit }: Pick<Params, 'page' | 'limit'>,
  now: number,
): Promise<Page<ReachedDecision>> {
  const [groups, decisions] = await Promise.all([reads.hostGroups(), reads.decisions()])
  const { total, rows } = pageOf(decisions, pageRange({ page, limit: Math.min(limit ?? 100, longestDecisions) }))
  const ids = rows.filter((each) => appliesAt(each, now)).map(({ id }) => id)
  // All that apply are compared with the events: which counts, and which disagree, depends on them all.
  const { reaches } =
    ids.length === 0
      ? { reaches: [] }
      : await reads.reach({ groups: groupPatterns(groups), decisions: appliedAt(decisions, now) }, ids)
  const byId = new Map(decisions.map((each) => [each.id, each]))
  return {
    total,
    rows: rows.map((row) => {
      const reach = reaches.find(({ id }) => id === row.id) ?? null
      return { ...row, reach, others: reach?.conflicts.flatMap(({ id }) => byId.get(id) ?? []) ?? [] }
    }),
  }
}
