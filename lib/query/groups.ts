import { etagOf, type GroupPage } from '#lib/model/decisions.ts'
import type { ControlReads } from '#lib/store/reads.ts'
import { groupPatterns } from './decided.ts'

/** The host groups in their order, with how many known hosts are of each, how many an earlier one takes, and how many are of none. */
export async function selectGroups(reads: ControlReads): Promise<GroupPage> {
  // The newest step has the list with its version, so that nothing can be changed between the two.
  const [newest] = (await reads.groupHistory({ offset: 0, limit: 1 })).rows
  const groups = newest?.after ?? []
  const counts = await reads.groupCounts(groupPatterns(groups))
  const grouped = counts.groups.reduce((sum, { hosts }) => sum + hosts, 0)
  return {
    groups: groups.map((group, place) => ({ ...group, ...(counts.groups[place] ?? { hosts: 0, taken: 0 }) })),
    ungrouped: counts.hosts - grouped,
    hosts: counts.hosts,
    etag: newest?.etag ?? etagOf(0, 0),
  }
}
