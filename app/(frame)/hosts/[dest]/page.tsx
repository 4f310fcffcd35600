import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TimelineChart } from '#components/chart/timeline.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { readSettings } from '#components/frame/settings.ts'
import { HostHead } from '#components/host/host-head.tsx'
import { detectionOf, hostTabs, tableOf, tabNames, tabOf } from '#components/host/host-tabs.ts'
import { HostTop } from '#components/host/host-top.tsx'
import { RuleGroups } from '#components/host/rule-groups.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { TabLinks } from '#components/ui/tabs.tsx'
import { context } from '#lib/access/context.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { hostPath, pathPart } from '#lib/params/hrefs.ts'
import { literal } from '#lib/params/link.ts'
import { appliedOf, readScreen } from '#lib/params/read-screen.ts'
import { otherTableHref } from '#lib/params/screen.ts'
import { applyDecisions } from '#lib/query/decided.ts'
import { selectHost } from '#lib/query/hosts.ts'
import { selectNamesakes } from '#lib/query/namesakes.ts'
import { ask } from '#lib/query/question.ts'
import { selectTimeline } from '#lib/query/timeline.ts'
import { selectHostWarnings } from '#lib/query/warnings.ts'
import { visibleText } from '#lib/text/visible.ts'
import { HostPanel } from './host-panel.tsx'

export async function generateMetadata({ params }: PageProps<'/hosts/[dest]'>): Promise<Metadata> {
  return { title: visibleText(pathPart((await params).dest) ?? 'Host') }
}

export default async function HostPage({ params, searchParams }: PageProps<'/hosts/[dest]'>) {
  const asked = pathPart((await params).dest)
  if (asked === null) notFound()
  const search = await searchParams
  const named = [search.tab].flat().at(-1)
  const tab = tabOf(named)
  const detection = detectionOf([search.detection].flat().at(-1), named)
  const { screen: read, problems } = readScreen(hostPath(asked), tableOf(tab, detection), search, [
    'tab',
    'detection',
    'cols',
    'dispositions',
    'pin',
  ])
  const screen = { ...read, repeated: ['dest'] }
  if (showsNothing(problems)) return <NothingShown title="Host" screen={screen} problems={problems} />
  const { reads, now } = await context()
  const dispositions = appliedOf(screen, problems)
  const ofHost = await applyDecisions(
    reads,
    await ask(reads, { ...defaultParams('hosts'), anchor: screen.params.anchor }, now),
    dispositions,
  )
  const host = await selectHost(reads, asked, ofHost)
  if (host === null) notFound()
  const { dest } = host
  const filters = { ...screen.params.filters, dest: [literal(dest)] }
  const { leftOut } = ofHost
  const question = { ...(await ask(reads, { ...screen.params, filters }, now, ofHost.window)), leftOut }
  const [timeline, names, namesakes, warnings, settings] = await Promise.all([
    selectTimeline(reads, question),
    reads.ruleNames(),
    selectNamesakes(reads, [dest]),
    selectHostWarnings(reads, dest, question),
    readSettings(),
  ])
  const [name, byId] = [visibleText(dest), rulesById(names)]
  return (
    <>
      <Bar
        title="Host"
        screen={screen}
        window={question.window}
        has={{
          time: true,
          mode: tab === 'results' || tab === 'configuration',
          search: tab !== 'risk',
        }}
      />
      <Problems problems={problems} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <HostTop
          setting={settings.timeline}
          head={
            <HostHead
              host={host}
              rules={byId}
              namesakes={namesakes.get(dest)}
              warnings={warnings}
              screen={screen}
              window={question.window}
            />
          }
          rules={<RuleGroups states={host.ruleStates} names={byId} screen={screen} />}
          timeline={
            <TimelineChart
              timeline={timeline}
              tz={screen.params.tz}
              narrows={screen}
              label={`Events of ${name}`}
              height={96}
            />
          }
          tabs={
            <TabLinks
              label="What to show of this host"
              tabs={hostTabs.map((key) => ({
                href: otherTableHref(
                  screen,
                  tableOf(key, detection),
                  { limit: null },
                  { tab: key === 'results' ? null : key },
                ),
                label: tabNames[key],
                current: key === tab,
              }))}
            />
          }
        />
        <HostPanel tab={tab} detection={detection} dest={dest} screen={screen} question={question} />
      </div>
    </>
  )
}
