import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import type { RiskRow } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'

/** The score of the last 24 hours next to the threshold, which is a line; over it is a word too. */
export function DayScore({ row: { score24h, over24h } }: { row: Pick<RiskRow, 'score24h' | 'over24h'> }) {
  return (
    <span className="grid grid-cols-[4ch_minmax(0,1fr)_5ch] items-center gap-2">
      <span className="figures sm:text-end">{countText(score24h)}</span>
      <ThresholdBar score={score24h} threshold={scoreThreshold} />
      <span className="text-12">{over24h ? 'over' : ''}</span>
    </span>
  )
}

/** A score next to its threshold: the bar ends at twice the threshold, which a line marks. */
function ThresholdBar({ score, threshold }: { score: number; threshold: number }) {
  const width = Math.min(100, (score / (threshold * 2)) * 100)
  return (
    <svg aria-hidden width="100%" height={12} className="block overflow-visible">
      <rect y={3} width="100%" height={6} fill="var(--hover)" />
      <rect y={3} width={`${width}%`} height={6} fill="var(--other)" />
      {score > threshold * 2 && (
        <text x="100%" dx={2} y={10} fontSize={10} fill="var(--dim)">
          ›
        </text>
      )}
      <line x1="50%" x2="50%" y1={0} y2={12} stroke="var(--ink)" strokeWidth={1.5} />
    </svg>
  )
}
