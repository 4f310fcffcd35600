import { DayStrip } from '#components/chart/day-strip.tsx'
import { ScoreBar } from '#components/chart/score-bar.tsx'
import { ScoreLegend } from '#components/chart/score-legend.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { RiskRow } from '#lib/model/rows.ts'
import { hostRiskHref } from '#lib/params/hrefs.ts'
import { countText } from '#lib/text/number.ts'
import '#components/table/table.css'

/** The hosts with the highest risk in the seven days to the newest event. */
export function RiskList({ rows, tz }: { rows: RiskRow[]; tz: string }) {
  if (rows.length === 0) {
    return <p className="border-t border-line px-4 py-3 text-dim">No risk event in the 7 days to the newest event.</p>
  }
  const riskHref = (row: RiskRow) => hostRiskHref(row.normalized_risk_object, { anchor: 'newest', tz })
  const most = Math.max(...rows.map(({ score }) => score))
  const mostOfDay = Math.max(...rows.flatMap(({ byDay }) => byDay))
  return (
    <table className="rows border-t border-line">
      <caption className="sr-only">Hosts by risk in the 7 days to the newest event</caption>
      <thead>
        <tr>
          <th scope="col" className="w-44">
            dest
          </th>
          <th scope="col">
            <ScoreLegend />
          </th>
          <th scope="col" className="w-30">
            by day
          </th>
          <th scope="col" className="end w-20">
            score
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.normalized_risk_object}>
            <td className="phone-title">
              <NavLink
                href={riskHref(row)}
                className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent hover:underline"
              >
                <Logged text={row.normalized_risk_object} />
              </NavLink>
            </td>
            <td className="phone-line" data-name="by detection">
              <span className="flex h-5 items-center">
                <ScoreBar byDetection={row.byDetection} most={most} />
              </span>
            </td>
            <td className="phone-line" data-name="by day">
              <DayStrip days={row.byDay} most={mostOfDay} label="Score by day" />
            </td>
            <td className="end phone-figure">
              <NavLink
                href={riskHref(row)}
                aria-label={`Score ${row.score}`}
                className="figures rounded-sm hover:text-accent hover:underline"
              >
                {countText(row.score)}
              </NavLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
