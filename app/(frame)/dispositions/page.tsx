import { ListChecks } from 'lucide-react'
import type { Metadata } from 'next'
import { DecisionTable } from '#components/decide/decision-table.tsx'
import { DecisionTabs } from '#components/decide/decision-tabs.tsx'
import { ListActions } from '#components/decide/list-actions.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { context } from '#lib/access/context.ts'
import { decisionsPath, tablePath, withZone } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { longestDecisions, selectDecisions } from '#lib/query/decisions.ts'

export const metadata: Metadata = { title: 'Dispositions' }

/** What was decided about stacks, with what each decision fits now. */
export default async function DispositionsPage({ searchParams }: PageProps<'/dispositions'>) {
  const { screen: read, problems } = readScreen(decisionsPath, 'uploads', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Dispositions" screen={read} problems={problems} />
  const { limit } = read.params
  if (limit !== null && limit > longestDecisions)
    problems.push({
      param: 'limit',
      value: String(limit),
      message: `A page has ${longestDecisions} decisions at most.`,
    })
  const screen = {
    ...read,
    params: { ...read.params, limit: limit === null ? null : Math.min(limit, longestDecisions) },
  }
  const { reads, now } = await context()
  const { rows, total } = await selectDecisions(reads, screen.params, now)
  return (
    <>
      <Bar title="Dispositions" screen={screen}>
        <DecisionTabs current="dispositions" />
        <ListActions hasSome={total > 0} />
      </Bar>
      <Problems problems={problems} />
      <TableScreen
        screen={screen}
        page={{ rows, total }}
        noun="decision"
        none={
          <State icon={<ListChecks aria-hidden />} title="Nothing has been decided yet">
            <p>
              A decision says what is known about a stack: known good, suspicious, may be blocked, exclusion wanted, or
              snoozed. It is made on a stack, applies to what is stored and to later uploads, and can be undone.
            </p>
            <NavLink href={withZone(tablePath('stack'), screen.params.tz)} className={buttonClass('primary')}>
              Open the workbench
            </NavLink>
          </State>
        }
      >
        <DecisionTable rows={rows} tz={screen.params.tz} now={now} />
      </TableScreen>
    </>
  )
}
