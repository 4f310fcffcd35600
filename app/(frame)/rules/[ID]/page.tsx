import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TimelineChart } from '#components/chart/timeline.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { RuleHead } from '#components/rule/rule-head.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import { context } from '#lib/access/context.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { pathPart, rulePath } from '#lib/params/hrefs.ts'
import { literal } from '#lib/params/link.ts'
import type { TableName } from '#lib/params/params.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { otherTableHref } from '#lib/params/screen.ts'
import { ask, askAgain } from '#lib/query/question.ts'
import { selectRule } from '#lib/query/rules.ts'
import { selectTimeline } from '#lib/query/timeline.ts'
import { ruleText } from '#lib/text/rule.ts'
import { visibleText } from '#lib/text/visible.ts'
import { Detection } from '../../detection-page.tsx'
import { EventList } from '../../event-list.tsx'
import { HostList } from '../../host-list.tsx'

export async function generateMetadata({ params }: PageProps<'/rules/[ID]'>): Promise<Metadata> {
  const ID = pathPart((await params).ID)
  if (ID === null) return { title: 'Rule' }
  const { reads } = await context()
  const name = (await reads.ruleNames()).find((rule) => rule.ID === ID)?.name
  return { title: visibleText(ruleText(ID, name)) }
}

const tabs: { key: 'stacking' | 'hosts' | 'registry' | 'events'; name: string }[] = [
  { key: 'stacking', name: 'Stacks' },
  { key: 'hosts', name: 'Hosts' },
  { key: 'registry', name: 'Configuration' },
  { key: 'events', name: 'Events' },
]

export default async function RulePage({ params, searchParams }: PageProps<'/rules/[ID]'>) {
  const ID = pathPart((await params).ID)
  if (ID === null) notFound()
  const search = await searchParams
  const tab: TableName = tabs.find(({ key }) => key === [search.tab].flat().at(-1))?.key ?? 'stacking'
  const { screen, problems } = readScreen(rulePath(ID), tab, search, ['tab', 'cols', 'pin'])
  if (showsNothing(problems)) return <NothingShown title="Rule" screen={screen} problems={problems} />
  const { reads, now } = await context()
  const filters = { ...screen.params.filters, ID: [literal(ID)] }
  const question = await ask(reads, { ...screen.params, filters }, now)
  const { sort } = defaultParams('rules')
  const rule = await selectRule(reads, ID, askAgain(question, { sort }))
  if (rule === null) notFound()
  const timeline = await selectTimeline(reads, question)
  const shown = { screen, question }
  return (
    <>
      <Bar
        title="Rule"
        screen={screen}
        window={question.window}
        has={{ time: true, mode: tab === 'stacking' || tab === 'registry', search: true }}
      />
      <Problems problems={problems} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <RuleHead rule={rule} tz={screen.params.tz} />
        <div className="px-4 py-4">
          <TimelineChart timeline={timeline} tz={screen.params.tz} narrows={screen} label="Events of this rule" />
        </div>
        <TabLinks
          label="What to show of this rule"
          tabs={tabs.map(({ key, name }) => ({
            href: otherTableHref(screen, key, { limit: null }, { tab: key === 'stacking' ? null : key }),
            label: name,
            current: key === tab,
          }))}
        />
        {tab === 'events' && <EventList {...shown} />}
        {tab === 'hosts' && <HostList {...shown} />}
        {(tab === 'stacking' || tab === 'registry') && <Detection detection={tab} {...shown} />}
      </div>
    </>
  )
}
