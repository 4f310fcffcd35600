import { Flag } from 'lucide-react'
import type { RiskRow } from '#lib/query/rows.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { dayThreshold } from './day-score.tsx'

/** Enterprise Security's two risk incident rules in words, and how many of the rows shown meet each. */
export function Thresholds({ rows, total, span }: { rows: RiskRow[]; total: number; span: string }) {
  const [over24h, overTactics] = [
    rows.filter((row) => row.over24h).length,
    rows.filter((row) => row.overTactics).length,
  ]
  const shown = rows.length < total ? ` of the ${countText(rows.length)} shown` : ''
  return (
    <p className="flex flex-wrap items-center gap-x-6 gap-y-1 text-12">
      <span>
        <span className="font-semibold">{countOf(total, 'risk object')}</span>{' '}
        <span className="text-dim">in {span}</span>
      </span>
      <span className="flex items-center gap-1.5">
        <Flag aria-hidden className="size-3.5 shrink-0 text-dim" />
        <span>
          <span className="figures">{countText(over24h)}</span>
          {shown} over {dayThreshold} in 24 hours
        </span>
      </span>
      <span className="flex items-center gap-1.5">
        <Flag aria-hidden className="size-3.5 shrink-0 text-dim" />
        <span>
          <span className="figures">{countText(overTactics)}</span>
          {shown} with three tactics or more from four sources or more{' '}
          <span className="text-dim">
            (three detections of ASR raise risk, so the fourth has to come from elsewhere)
          </span>
        </span>
      </span>
    </p>
  )
}
