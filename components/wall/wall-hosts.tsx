import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import { DayStrip } from '#components/chart/day-strip.tsx'
import type { WallData } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'
import { HostName } from './host-name.tsx'
import { Nothing } from './panel.tsx'

/** The hosts with the highest risk, by day and against the week before. */
export function WallHosts({ hosts, leftOut }: { hosts: WallData['hostsByRisk']; leftOut: WallData['leftOut'] }) {
  if (hosts.length === 0)
    return (
      <Nothing>{leftOut === null ? 'No host raised risk' : `No host raised risk; ${leftOutText(leftOut)}`}</Nothing>
    )
  const most = Math.max(...hosts.flatMap(({ byDay }) => byDay))
  return (
    <>
      <ol className="wall-rows wall-hosts">
        {hosts.map(({ dest, score, previousScore, byDay }) => (
          <li key={dest}>
            <HostName dest={dest} />
            <span className="wall-days">
              <DayStrip days={byDay} most={most} label="Score by day" />
            </span>
            <Trend score={score} before={previousScore} />
            <span className="wall-figure">{countText(score)}</span>
          </li>
        ))}
      </ol>
      {leftOut !== null && <p className="wall-dim">{leftOutText(leftOut)}</p>}
    </>
  )
}

const leftOutText = (leftOut: WallData['leftOut']): string =>
  leftOut === null ? '' : `${countText(leftOut.points)} points left out as known good`

function Trend({ score, before }: { score: number; before: number }) {
  const Icon = score > before ? ArrowUp : score < before ? ArrowDown : Equal
  const word = score > before ? 'more than the week before' : 'less than the week before'
  return (
    <span className="wall-dim wall-trend">
      <Icon aria-hidden />
      {before === 0 ? 'new' : <span className="wall-figure">{countText(Math.abs(score - before))}</span>}
      {before > 0 && score !== before && <span className="sr-only">{word}</span>}
    </span>
  )
}
