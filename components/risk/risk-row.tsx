import { DayStrip } from '#components/chart/day-strip.tsx'
import { ScoreBar } from '#components/chart/score-bar.tsx'
import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { RiskRow } from '#lib/model/rows.ts'
import { hostRiskHref } from '#lib/params/hrefs.ts'
import type { Params } from '#lib/params/params.ts'
import { countText } from '#lib/text/number.ts'
import { DayScore } from './day-score.tsx'
import { ScoreChange } from './score-change.tsx'

/** What the ranking shows of a risk object. */
export type RankedObject = Omit<
  RiskRow,
  'Search Name' | 'Risk Message' | 'Analytic Stories' | 'Annotations' | 'ATT&CK Tactics'
>

type Props = { row: RankedObject; params: Params; most: number; mostOfDay: number; isFirst: boolean }

/** One risk object of the ranking. */
export function RankedRow({ row, params, most, mostOfDay, isFirst }: Props) {
  const { normalized_risk_object: dest, score, count, previousScore, byDetection, byDay } = row
  return (
    <tr tabIndex={isFirst ? 0 : -1}>
      <td className="phone-title">
        <NavLink
          href={hostRiskHref(dest, params)}
          className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent hover:underline"
        >
          <Logged text={dest} />
        </NavLink>
      </td>
      <td className="figures end phone-figure">{countText(score)}</td>
      <td className="phone-line" data-name="by detection">
        <span className="flex h-5 items-center">
          <ScoreBar byDetection={byDetection} most={most} />
        </span>
      </td>
      <td className="phone-line" data-name="by day">
        <DayStrip days={byDay} most={mostOfDay} label="Score by day" />
      </td>
      <td className="phone-line sm:text-end" data-name="vs 7 days before">
        <ScoreChange score={score} before={previousScore} />
      </td>
      <td className="phone-line" data-name="last 24 h">
        <DayScore row={row} />
      </td>
      <td className="phone-line sm:text-end" data-name="count">
        <Count value={count} />
      </td>
      <td className="phone-line" data-name="lastTime">
        <TimeCell time={row.lastTime} tz={params.tz} />
      </td>
    </tr>
  )
}
