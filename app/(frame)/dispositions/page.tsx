import type { Metadata } from 'next'
import { DecisionTabs } from '#components/decide/decision-tabs.tsx'
import { ListActions } from '#components/decide/list-actions.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { WhenReady } from '#components/frame/when-ready.tsx'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { decisionsPath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { longestDecisions } from '#lib/query/decisions.ts'
import { Decisions } from './decisions.tsx'

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
  const { reads } = await context()
  const { length: total } = await reads.decisions()
  return (
    <>
      <Bar title="Dispositions" screen={screen}>
        <DecisionTabs current="dispositions" />
        <ListActions hasSome={total > 0} />
      </Bar>
      <Problems problems={problems} />
      <WhenReady fallback={<TableSkeleton />}>{Decisions({ screen })}</WhenReady>
    </>
  )
}
