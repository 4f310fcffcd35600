import { CalendarX } from 'lucide-react'
import type { Metadata } from 'next'
import { TimelineChart } from '#components/chart/timeline.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { allTime, rangeText } from '#components/frame/range-text.ts'
import { State } from '#components/frame/state.tsx'
import { Figures } from '#components/overview/figures.tsx'
import { Freshness } from '#components/overview/freshness.tsx'
import { Lists } from '#components/overview/lists.tsx'
import { WarningLists } from '#components/overview/warnings.tsx'
import { Welcome } from '#components/overview/welcome.tsx'
import { KnownGoodSwitch } from '#components/risk/left-out.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { SendingList } from '#components/upload/sending-list.tsx'
import { context } from '#lib/access/context.ts'
import { overviewPath } from '#lib/params/hrefs.ts'
import { appliedOf, choiceProblems, readScreen } from '#lib/params/read-screen.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { applyDecisions } from '#lib/query/decided.ts'
import { newRange, overviewParams, selectOverview } from '#lib/query/overview.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { spanText } from '#lib/text/time.ts'

import { AllRows, type ShownList, shownLists } from './overview-list.tsx'

export const metadata: Metadata = { title: 'Overview' }

const isShown = (name: string | undefined): name is ShownList => name !== undefined && Object.hasOwn(shownLists, name)

/** A time range of everything stored, in one look, or one of its lists in full; before there is an event, how to begin. */
export default async function OverviewPage({ searchParams }: PageProps<'/'>) {
  const search = await searchParams
  const { screen: asked, problems } = readScreen(overviewPath, 'events', search, ['show', 'dispositions'])
  if (showsNothing(problems)) return <NothingShown title="Overview" screen={asked} problems={problems} />
  const anchor = search.anchor === undefined ? undefined : asked.params.anchor
  const screen = { ...asked, params: overviewParams(asked.params, anchor) }
  const { show } = screen.own
  problems.push(...choiceProblems('show', show, Object.keys(shownLists)))
  const { reads, now } = await context()
  const question = await applyDecisions(
    reads,
    await ask(reads, { ...screen.params, filters: {}, q: null, stack: null }, now),
    appliedOf(screen, problems),
  )
  const rules = rulesById(await reads.ruleNames())
  return (
    <>
      <Bar
        title={isShown(show) ? shownLists[show] : 'Overview'}
        screen={screen}
        window={question.window}
        has={{ time: true }}
        hasAllTime
      >
        {isShown(show) && (
          <NavLink
            href={screenHref(screen, { page: 1, limit: null }, { show: null })}
            className={`text-12 ${linkClass}`}
          >
            Back to the overview
          </NavLink>
        )}
        {!isShown(show) && question.window.newest !== null && (
          <KnownGoodSwitch screen={screen} isApplied={question.leftOut !== null} />
        )}
      </Bar>
      <Problems problems={problems} />
      {isShown(show) ? (
        <AllRows show={show} question={question} rules={rules} screen={screen} />
      ) : question.window.newest === null ? (
        <PageBody>
          <Welcome newestUpload={await reads.newestUpload()} />
        </PageBody>
      ) : (
        <Everything screen={screen} question={question} rules={rules} />
      )}
    </>
  )
}

type Props = { screen: Screen; question: Question; rules: ReturnType<typeof rulesById> }

async function Everything({ screen, question, rules }: Props) {
  const { reads, now } = await context()
  const overview = await selectOverview(reads, question)
  const { params } = screen
  const { from, to, last, anchor, tz } = params
  const { window } = question
  const range = { from, to, last, anchor, tz }
  const words = rangeText(params)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="px-4">
        <SendingList refresh="last" />
      </div>
      <Figures overview={overview} range={range} label={words} />
      <Freshness newestEvent={window.newest} newestUpload={overview.newestUpload} tz={tz} now={now} />
      {overview.events === 0 ? (
        <NoEvents screen={screen} question={question} />
      ) : (
        <section className="px-4 py-3">
          <h2 className="sr-only">Events over time, {words}</h2>
          <TimelineChart timeline={overview.timeline} tz={tz} narrows={screen} />
        </section>
      )}
      <WarningLists warnings={overview.warnings} rules={rules} screen={screen} range={range} />
      {overview.events > 0 && (
        <Lists
          overview={overview}
          rules={rules}
          screen={screen}
          newSince={newRange(window).from}
          riskEnd={{ to, anchor: to === null && last === null ? 'newest' : anchor, tz }}
        />
      )}
    </div>
  )
}

/** There are events, but none in the range: from when to when they are, and the ranges that have them. */
function NoEvents({ screen, question: { window } }: Pick<Props, 'screen' | 'question'>) {
  const { oldest, newest } = window
  if (oldest === null || newest === null) return null
  return (
    <State icon={<CalendarX aria-hidden />} title="No events in this time range">
      <p>The stored events are from {spanText(oldest, newest, screen.params.tz)}.</p>
      <div className="flex flex-wrap gap-2">
        <NavLink href={overviewPath} className={buttonClass('primary')}>
          Show the last 30 days to the newest event
        </NavLink>
        <NavLink href={screenHref(screen, allTime)} className={buttonClass('plain')}>
          Show all time
        </NavLink>
      </div>
    </State>
  )
}
