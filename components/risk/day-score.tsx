import { ThresholdBar } from '#components/chart/threshold-bar.tsx'
import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import type { RiskRow } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'

/** The score of the last 24 hours beside the threshold, which is a line; over it is a word too. */
export function DayScore({ row: { score24h, over24h } }: { row: RiskRow }) {
  return (
    <span className="grid grid-cols-[4ch_minmax(0,1fr)_5ch] items-center gap-2">
      <span className="figures sm:text-end">{countText(score24h)}</span>
      <ThresholdBar score={score24h} threshold={scoreThreshold} />
      <span className="text-12">{over24h ? 'over' : ''}</span>
    </span>
  )
}
