import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { TimelineChart } from '#components/chart/timeline.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { Figures } from '#components/overview/figures.tsx'
import { Freshness } from '#components/overview/freshness.tsx'
import { RiskList } from '#components/overview/risk-list.tsx'
import { StackList } from '#components/overview/stack-list.tsx'
import { Welcome } from '#components/overview/welcome.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { SendingList } from '#components/upload/sending-list.tsx'
import { context } from '#lib/access/context.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { overviewPath, tablePath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { selectOverview } from '#lib/query/overview.ts'

export const metadata: Metadata = { title: 'Overview' }

/** Everything stored, in one look; before there is anything, how to begin. */
export default async function OverviewPage({ searchParams }: PageProps<'/'>) {
  const { screen, problems } = readScreen(overviewPath, 'events', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Overview" screen={screen} problems={problems} />
  const { reads, now } = await context()
  const [overview, names] = await Promise.all([selectOverview(reads, now), reads.ruleNames()])
  const rules = rulesById(names)
  const { tz } = screen.params
  const stacking = {
    path: tablePath('stacking'),
    table: 'stacking' as const,
    params: { ...defaultParams('stacking'), tz },
    own: {},
  }
  return (
    <>
      <Bar title="Overview" screen={screen} />
      <Problems problems={problems} />
      {overview.events === 0 ? (
        <PageBody>
          <Welcome newestUpload={overview.newestUpload} />
        </PageBody>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="px-4">
            <SendingList refresh="last" />
          </div>
          <Figures overview={overview} tz={tz} />
          <Freshness overview={overview} tz={tz} now={now} />
          <section className="px-4 py-3">
            <h2 className="sr-only">Events by day, 30 days to the newest event</h2>
            <TimelineChart timeline={overview.timeline} tz={tz} narrows={stacking} />
          </section>
          <div className="grid grid-cols-1 lg:grid-cols-2">
            <Part title="Rarest stacks" note="fewest dests first">
              <StackList stacks={overview.rarest} rules={rules} tz={tz} caption="Rarest stacks" empty="No stack yet." />
            </Part>
            <Part title="Hosts by risk" note="7 days to the newest event">
              <RiskList rows={overview.hostsByRisk} tz={tz} />
            </Part>
            <Part title="New in the last day of data" note="never seen before it">
              <StackList
                stacks={overview.newStacks}
                rules={rules}
                tz={tz}
                caption="Stacks new in the last day of data"
                empty="Every stack of the last day had been seen before."
              />
            </Part>
            <Part title="Most frequent stacks" note="most events first">
              <StackList
                stacks={overview.mostFrequent}
                rules={rules}
                tz={tz}
                caption="Most frequent stacks"
                empty="No stack yet."
              />
            </Part>
          </div>
        </div>
      )}
    </>
  )
}

function Part({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="border-line lg:odd:border-r">
      <h2 className="flex items-baseline gap-2 px-4 pt-4 pb-1.5 text-13 font-semibold">
        {title}
        <span className="text-12 font-normal text-dim">{note}</span>
      </h2>
      {children}
    </section>
  )
}
