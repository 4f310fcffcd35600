import { meaningIcons, meaningNames } from '#components/table/modes.ts'
import { hourLength } from '#lib/asr/hours.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { shortCountText } from '#lib/text/number.ts'
import { timeText } from '#lib/text/time.ts'
import { roundTop } from './round-top.ts'

type Shown = 'block' | 'audit'

/** Blocks and audits by hour, each in a row of bars of its own, so that place and name tell them apart. */
export function WallHours({ points, tz }: { points: TimelinePoint[]; tz: string }) {
  return (
    <div className="wall-hours">
      <HoursRow mode="block" points={points} tz={tz} />
      <HoursRow mode="audit" points={points} tz={tz} />
      <ol className="wall-axis">
        {points.map(({ time }) => {
          const text = timeText(time, tz).slice(11, 16)
          return <li key={time}>{Number(text.slice(0, 2)) % 4 === 0 ? text : ''}</li>
        })}
      </ol>
    </div>
  )
}

function HoursRow({ mode, points, tz }: { mode: Shown; points: TimelinePoint[]; tz: string }) {
  const Icon = meaningIcons[mode]
  const top = roundTop(Math.max(...points.map((point) => point[mode]), 0))
  const width = 100 / points.length
  return (
    <>
      <p className="wall-hours-name" data-ink={mode}>
        <Icon aria-hidden />
        {meaningNames[mode]}
      </p>
      <div className="wall-plot">
        <span className="wall-line">{shortCountText(top)}</span>
        <svg role="img" aria-label={hoursWords(mode, points, tz)} width="100%" height="100%">
          {points.map((point, index) => {
            const height = (point[mode] / top) * 100
            const [x, y] = [`${index * width + width * 0.12}%`, `${100 - height}%`]
            return (
              <rect
                key={point.time}
                {...{ x, y }}
                width={`${width * 0.76}%`}
                height={`${height}%`}
                fill={`var(--${mode})`}
              />
            )
          })}
        </svg>
      </div>
    </>
  )
}

function hoursWords(mode: Shown, points: TimelinePoint[], tz: string): string {
  const busiest = points.toSorted((a, b) => b[mode] - a[mode])[0]
  if (busiest === undefined || busiest[mode] === 0) return `${meaningNames[mode]}: none in ${points.length} hours`
  const from = timeText(busiest.time, tz).slice(11, 16)
  const to = timeText(busiest.time + hourLength, tz).slice(11, 16)
  return `${meaningNames[mode]} in ${points.length} hours, most from ${from} to ${to}: ${busiest[mode]}`
}
