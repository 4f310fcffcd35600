import { useId } from 'react'
import { MarkPatterns, markFill, Swatch } from '#components/chart/patterns.tsx'
import { meaningIcons, meaningNames } from '#components/table/modes.ts'
import { hourLength } from '#lib/asr/hours.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { shortCountText } from '#lib/text/number.ts'
import { timeText } from '#lib/text/time.ts'
import { Nothing } from './panel.tsx'
import { roundTop } from './round-top.ts'

const modes = ['block', 'audit'] as const

/** Blocks and audits by hour as stacked bars; drawn without a library so that the server draws them too. */
export function WallHours({ points, tz }: { points: TimelinePoint[]; tz: string }) {
  const prefix = useId()
  const top = roundTop(Math.max(...points.map(({ block, audit }) => block + audit), 0))
  if (points.every(({ block, audit }) => block + audit === 0))
    return <Nothing>No block and no audit in these 24 hours</Nothing>
  const width = 100 / points.length
  return (
    <div className="wall-hours">
      <div className="wall-plot">
        {[1, 0.5].map((part) => (
          <span key={part} className="wall-line" data-part={part}>
            {shortCountText(top * part)}
          </span>
        ))}
        <svg role="img" aria-label={hoursWords(points, tz)} width="100%" height="100%">
          <MarkPatterns prefix={prefix} scale={2} />
          {points.map(({ time, block, audit }, index) => {
            const [blocked, audited] = [(block / top) * 100, (audit / top) * 100]
            const x = `${index * width + width * 0.12}%`
            const bar = { x, width: `${width * 0.76}%` }
            return (
              <g key={time}>
                <rect {...bar} y={`${100 - blocked}%`} height={`${blocked}%`} fill={markFill(prefix, 'block')} />
                <rect
                  {...bar}
                  y={`${100 - blocked - audited}%`}
                  height={`${audited}%`}
                  fill={markFill(prefix, 'audit')}
                />
              </g>
            )
          })}
        </svg>
      </div>
      <ol className="wall-axis">
        {points.map(({ time }) => {
          const text = timeText(time, tz).slice(11, 16)
          return <li key={time}>{Number(text.slice(0, 2)) % 4 === 0 ? text : ''}</li>
        })}
      </ol>
    </div>
  )
}

/** What the bars of `WallHours` mean. */
export function HoursLegend() {
  const prefix = useId()
  return (
    <ul className="wall-legend">
      {modes.map((mode) => {
        const Icon = meaningIcons[mode]
        return (
          <li key={mode} data-ink={mode}>
            <Swatch mode={mode} prefix={prefix} />
            <Icon aria-hidden />
            {meaningNames[mode]}
          </li>
        )
      })}
    </ul>
  )
}

function hoursWords(points: TimelinePoint[], tz: string): string {
  const busiest = points.toSorted((a, b) => b.block + b.audit - a.block - a.audit)[0]
  if (busiest === undefined) return 'Nothing'
  const from = timeText(busiest.time, tz).slice(11, 16)
  const to = timeText(busiest.time + hourLength, tz).slice(11, 16)
  return `Blocks and audits in ${points.length} hours; most from ${from} to ${to}: ${busiest.block} blocks, ${busiest.audit} audits`
}
