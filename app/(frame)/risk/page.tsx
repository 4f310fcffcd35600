import type { Metadata } from 'next'
import { TimelineChart } from '#components/chart/timeline.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { DrilldownTable } from '#components/risk/drilldown-table.tsx'
import { KnownGoodSwitch, LeftOutLine } from '#components/risk/left-out.tsx'
import { NoRisk } from '#components/risk/no-risk.tsx'
import type { RankedObject } from '#components/risk/risk-row.tsx'
import { RiskTable } from '#components/risk/risk-table.tsx'
import { RiskWarnings } from '#components/risk/risk-warnings.tsx'
import { Thresholds } from '#components/risk/thresholds.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { TableScreen } from '#components/table/table-screen.tsx'
import { SegmentLinks } from '#components/ui/segments.tsx'
import { context } from '#lib/access/context.ts'
import { dayLength } from '#lib/asr/hours.ts'
import type { RiskRow } from '#lib/model/rows.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { screenHref } from '#lib/params/screen.ts'
import { applyDecisions } from '#lib/query/decided.ts'
import { whyNone } from '#lib/query/older.ts'
import { ask, askAgain } from '#lib/query/question.ts'
import { overRiskRange, riskRange, selectRisk, selectRiskPage } from '#lib/query/risk.ts'
import { selectTimeline } from '#lib/query/timeline.ts'
import { selectGone, selectLowered } from '#lib/query/warnings.ts'
import { spanText } from '#lib/text/time.ts'

export const metadata: Metadata = { title: 'Risk' }

/** The figures of the ranking, without the lists that only the drilldown columns show. */
function ranked(row: RiskRow): RankedObject {
  const {
    'Search Name': _,
    'Risk Message': __,
    'Analytic Stories': ___,
    Annotations: _____,
    'ATT&CK Tactics': ____,
    ...own
  } = row
  return own
}

/** Every risk object ranked over the seven days to now or to the newest event. */
export default async function RiskPage({ searchParams }: PageProps<'/risk'>) {
  const { screen, problems } = readScreen(tablePath('risk'), 'risk', await searchParams, ['view'])
  if (showsNothing(problems)) return <NothingShown title="Risk" screen={screen} problems={problems} />
  const { params, own } = screen
  const { reads, now } = await context()
  const question = await applyDecisions(reads, await ask(reads, params, now))
  const range = riskRange(question)
  const inRange = askAgain(question, { ...range, last: null })
  const isFiltered = Object.keys(params.filters).length > 0 || params.q !== null
  const [{ rows, total, over24h, leftOut }, timeline, names, lowered, gone] = await Promise.all([
    selectRiskPage(reads, question),
    selectTimeline(reads, inRange, range.to - range.from <= 8 * dayLength ? 'hour' : 'day'),
    reads.ruleNames(),
    selectLowered(reads, inRange, 1),
    isFiltered ? null : selectGone(reads, { range, limit: 1 }),
  ])
  const rules = rulesById(names)
  const why = await whyNone(
    reads,
    overRiskRange(question),
    { total },
    (other) => selectRisk(reads, other),
    params.filters,
  )
  const anchorHref = (anchor: 'now' | 'newest') => screenHref(screen, { anchor })
  return (
    <>
      <Bar
        title="Risk"
        screen={screen}
        window={{ ...question.window, ...range }}
        has={{ time: true, search: true }}
        unranged={`Last 7 days to ${params.anchor === 'now' ? 'now' : 'the newest event'}`}
      >
        <SegmentLinks
          label="Columns"
          segments={[
            { label: 'ranking', href: screenHref(screen, {}, { view: null }), current: own.view !== 'drilldown' },
            {
              label: 'drilldown columns',
              href: screenHref(screen, {}, { view: 'drilldown' }),
              current: own.view === 'drilldown',
            },
          ]}
        />
        <SegmentLinks
          label="The 7 days end"
          segments={[
            { label: 'to now', href: anchorHref('now'), current: params.anchor === 'now' },
            { label: 'to newest event', href: anchorHref('newest'), current: params.anchor === 'newest' },
          ]}
        />
        <KnownGoodSwitch screen={screen} isApplied={leftOut !== null} />
      </Bar>
      <Problems problems={problems} />
      <TableScreen
        screen={screen}
        page={{ rows, total }}
        noun="risk object"
        line={
          <FilterLine screen={screen} params={inRange.params} rules={rules} chips={chipsOf(params, rules)}>
            <Thresholds
              screen={screen}
              total={total}
              over24h={over24h}
              span={`${spanText(range.from, range.to, params.tz)} ${params.tz}`}
            />
            <LeftOutLine leftOut={leftOut} />
            <ExportMenu table="risk" params={params} />
          </FilterLine>
        }
        above={
          rows.length > 0 && (
            <div className="sticky left-0 flex flex-col gap-3 border-b border-line px-4 py-3">
              <RiskWarnings lowered={lowered} gone={gone} params={inRange.params} />
              <TimelineChart timeline={timeline} tz={params.tz} narrows={screen} height={128} />
            </div>
          )
        }
        none={<NoRisk screen={screen} window={question.window} isOld={why.ifAnchored > 0} anywhere={why.anywhere} />}
      >
        {own.view === 'drilldown' ? (
          <DrilldownTable rows={rows} screen={screen} />
        ) : (
          <RiskTable rows={rows.map(ranked)} screen={screen} />
        )}
      </TableScreen>
    </>
  )
}
