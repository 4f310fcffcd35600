import { ScoreLegend } from '#components/chart/score-legend.tsx'
import { LeftOutLine } from '#components/risk/left-out.tsx'
import type { RuleNames } from '#components/table/table-context.ts'
import type { FleetStack, Overview } from '#lib/model/rows.ts'
import { tableHref } from '#lib/params/hrefs.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { fleetListHref } from '#lib/params/stack-hrefs.ts'
import type { StackList as ListName } from '#lib/query/overview.ts'
import { timeText } from '#lib/text/time.ts'
import { type RiskEnd, RiskList } from './risk-list.tsx'
import { NoRows, Part } from './row-list.tsx'
import { StackList } from './stack-list.tsx'

/** What the lists of stacks are called, which time they show, and what they say without rows. */
export const stackLists: Record<ListName, { title: string; time: 'firstTime' | 'lastTime'; none: string }> = {
  rarest: { title: 'Rarest stacks', time: 'lastTime', none: 'No stack in this time range.' },
  new: {
    title: 'New in the last day',
    time: 'firstTime',
    none: 'Every stack of the last day had been seen before.',
  },
  'most-frequent': { title: 'Most frequent stacks', time: 'lastTime', none: 'No stack in this time range.' },
}

/** What a list of stacks is a list of. */
export const noteOf = (list: ListName, newSince: number, tz: string): string =>
  list === 'new'
    ? `first seen since ${timeText(newSince, tz).slice(0, 16)}`
    : 'seen in this range, counted over all time'

type Props = {
  overview: Overview
  rules: RuleNames
  screen: Screen
  newSince: number
  riskEnd: RiskEnd
}

/** The short lists of the overview, each with the way to all of its rows. */
export function Lists({ overview, rules, screen, newSince, riskEnd }: Props) {
  const { tz } = screen.params
  const { hostsByRisk, leftOut, rarest, newStacks, mostFrequent } = overview
  const end: RiskEnd = { ...riskEnd, dispositions: leftOut === null ? null : 'apply' }
  const stacks = (list: ListName, rows: FleetStack[]) => {
    const { title, time, none } = stackLists[list]
    const all = { href: screenHref(screen, {}, { show: list }), name: `of ${title.toLowerCase()}` }
    return (
      <Part
        title={title}
        note={noteOf(list, newSince, tz)}
        all={rows.length > 0 ? all : undefined}
        workbench={fleetListHref(list, screen.params, newSince)}
      >
        {rows.length > 0 ? (
          <StackList stacks={rows} rules={rules} tz={tz} label={title} time={time} />
        ) : (
          <NoRows>{none}</NoRows>
        )}
      </Part>
    )
  }
  return (
    <div className="grid grid-cols-1 lg:grid-cols-2">
      {stacks('rarest', rarest)}
      <Part
        title="Hosts by risk"
        note={`the 7 days to ${riskEnd.to === null ? (riskEnd.anchor === 'now' ? 'now' : 'the newest event') : timeText(riskEnd.to, tz)}`}
        all={
          hostsByRisk.length > 0
            ? {
                href: tableHref('risk', end),
                name: 'hosts by risk',
              }
            : undefined
        }
        legend={<ScoreLegend />}
      >
        {leftOut !== null && (
          <div className="px-4 py-2">
            <LeftOutLine leftOut={leftOut} />
          </div>
        )}
        {hostsByRisk.length > 0 ? (
          <RiskList rows={hostsByRisk} end={end} />
        ) : (
          <NoRows>No risk event in these 7 days.</NoRows>
        )}
      </Part>
      {stacks('new', newStacks)}
      {stacks('most-frequent', mostFrequent)}
    </div>
  )
}
