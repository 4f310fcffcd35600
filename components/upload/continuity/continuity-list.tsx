import type { ContinuityListName, FoundList } from '#lib/model/rows.ts'
import { continuityHref } from '#lib/params/hrefs.ts'
import { BreakTable } from './break-table.tsx'
import { DestTable } from './dest-table.tsx'
import { VersionTable } from './version-table.tsx'

/** What the lists are called on screen. */
export const listNames: Record<ContinuityListName, string> = { dests: 'Hosts', breaks: 'Breaks', versions: 'Versions' }

/** The list that a URL names; the hosts if it names none. */
export const listOf = (text: string | undefined): ContinuityListName =>
  (Object.keys(listNames) as ContinuityListName[]).find((list) => list === text) ?? 'dests'

/** A page of one list of an upload, as its table. */
export function ContinuityList({ found, id, tz }: { found: FoundList; id: string; tz: string }) {
  if (found.list === 'versions') return <VersionTable versions={found.rows} tz={tz} />
  if (found.list === 'breaks') return <BreakTable breaks={found.rows} tz={tz} />
  return <DestTable dests={found.rows} tz={tz} hrefOf={(dest) => continuityHref(id, tz, { show: 'breaks', dest })} />
}
