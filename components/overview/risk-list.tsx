import { DayStrip } from '#components/chart/day-strip.tsx'
import { ScoreBar } from '#components/chart/score-bar.tsx'
import { HostText } from '#components/table/cells/host-text.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { RiskRow } from '#lib/model/rows.ts'
import { hostRiskHref, tableHref } from '#lib/params/hrefs.ts'
import { literal } from '#lib/params/link.ts'
import type { Params } from '#lib/params/params.ts'
import { countText } from '#lib/text/number.ts'
import { rowClass, rowLinkClass } from './row-list.tsx'

/** The seven days of risk end at a time, or at an anchor. */
export type RiskEnd = Pick<Params, 'to' | 'anchor' | 'tz'> & Partial<Pick<Params, 'dispositions'>>

/** The risk of one host. Its own page has only that of the days to an anchor. */
const riskHref = (dest: string, end: RiskEnd): string =>
  end.to === null ? hostRiskHref(dest, end) : tableHref('risk', { ...end, filters: { dest: [literal(dest)] } })

/** The hosts with the highest risk in the seven days to `end`, each a link to its risk events. */
export function RiskList({ rows, end }: { rows: RiskRow[]; end: RiskEnd }) {
  const most = Math.max(...rows.map(({ score }) => score))
  const mostOfDay = Math.max(...rows.flatMap(({ byDay }) => byDay))
  return (
    <ol aria-label="Hosts by risk">
      {rows.map((row) => (
        <li
          key={row.normalized_risk_object}
          className={`grid min-h-[53px] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_90px_4rem] ${rowClass}`}
        >
          <NavLink
            data-row
            href={riskHref(row.normalized_risk_object, end)}
            className={`flex min-w-0 font-medium ${rowLinkClass}`}
          >
            <HostText host={row.normalized_risk_object} />
          </NavLink>
          <span className="max-sm:order-1 max-sm:col-span-2">
            <ScoreBar byDetection={row.byDetection} most={most} />
          </span>
          <span className="max-sm:hidden">
            <DayStrip days={row.byDay} most={mostOfDay} label="Score by day" />
          </span>
          <span className="figures text-end">
            <span className="sr-only">score </span>
            {countText(row.score)}
          </span>
        </li>
      ))}
    </ol>
  )
}
