import { ListChecks } from 'lucide-react'
import { DecisionTable } from '#components/decide/decision-table.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { context } from '#lib/access/context.ts'
import { tablePath, withZone } from '#lib/params/hrefs.ts'
import type { Screen } from '#lib/params/screen.ts'
import { longestDecisions, selectDecisions } from '#lib/query/decisions.ts'

/** One page of the decisions, each with what it fits now, which is counted among all events. */
export async function Decisions({ screen }: { screen: Screen }) {
  const { reads, now } = await context()
  const { rows, total } = await selectDecisions(reads, screen.params, now)
  const { tz } = screen.params
  return (
    <TableScreen
      screen={screen}
      page={{ rows, total }}
      noun="decision"
      longest={longestDecisions}
      none={
        <State icon={<ListChecks aria-hidden />} title="Nothing has been decided yet">
          <p>
            A decision says what is known about a stack: known good, suspicious, may be blocked, exclusion wanted, or
            snoozed. It is made on a stack, applies to what is stored and to later uploads, and can be undone.
          </p>
          <NavLink href={withZone(tablePath('stack'), tz)} className={buttonClass('primary')}>
            Open the workbench
          </NavLink>
        </State>
      }
    >
      <DecisionTable rows={rows} tz={tz} now={now} />
    </TableScreen>
  )
}
