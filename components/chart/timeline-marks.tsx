'use client'
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'
import { marksChanges, spikesOf } from './buckets.ts'
import { pointTotal } from './series.ts'

/** Marks on the bars: the count of each spike, and a wedge where the configuration changed, unless it did most of the time. */
export function TimelineMarks({ points }: { points: TimelinePoint[] }) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  const area = usePlotArea()
  if (x === undefined || y === undefined || area === undefined) return null
  const middle = (point: TimelinePoint): number => x(point.time, { position: 'middle' }) ?? 0
  const changed = marksChanges(points) ? points.filter(({ configuration }) => configuration > 0) : []
  return (
    <g aria-hidden>
      {changed.map((point) => (
        <path
          key={point.time}
          d={`M${middle(point)} ${area.y + area.height + 1}l3 5h-6z`}
          fill="var(--configuration-ink)"
        />
      ))}
      {spikesOf(points)
        .slice(0, 8)
        .map((point) => (
          <text
            key={point.time}
            x={middle(point)}
            y={(y(pointTotal(point)) ?? 0) - 4}
            textAnchor="middle"
            fontSize={11}
            fontFamily="var(--font-mono)"
            fill="var(--ink)"
          >
            {countText(pointTotal(point))}
          </text>
        ))}
    </g>
  )
}
