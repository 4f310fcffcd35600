import { Flag } from 'lucide-react'
import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import type { RiskRow } from '#lib/model/rows.ts'
import { countOf, countText } from '#lib/text/number.ts'

/** Enterprise Security's threshold in words, and how many of the rows shown are above it. */
export function Thresholds({ rows, total, span }: { rows: RiskRow[]; total: number; span: string }) {
  const over24h = rows.filter((row) => row.over24h).length
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
          {shown} over {scoreThreshold} in 24 hours
        </span>
      </span>
    </p>
  )
}
