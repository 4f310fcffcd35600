import type { Timeline } from '#lib/model/rows.ts'
import type { Screen } from '#lib/params/screen.ts'
import { bucketsOf, bucketText, marksChanges } from './buckets.ts'
import { Legend } from './legend.tsx'
import { pointTotal, sumByMode } from './series.ts'
import { TimelineDrawing } from './timeline-drawing.tsx'
import { TimelineFrame } from './timeline-frame.tsx'
import { TimelineLayer } from './timeline-layer.tsx'

/** Bars that can still be distinguished on a wide screen. */
const most = 200

type Props = {
  timeline: Timeline
  tz: string
  /** The screen whose time range a bar narrows to its own span; without it bars lead nowhere. */
  narrows?: Screen
  /** What the bars are events of, for the chart's name. */
  label?: string
  /** Pixels, axes included, of the bars and of the table of the same numbers. */
  height?: number
}

/**
 * Events over time by meaning, stacked by hour or day, as bars or as the table of the same numbers. The server draws the bars;
 * the browser adds what happens when they are pointed at.
 */
export function TimelineChart({ timeline, tz, narrows, label = 'Events over time', height = 192 }: Props) {
  const buckets = bucketsOf(timeline, most)
  const { points, length } = buckets
  const [busiest] = points.toSorted((a, b) => pointTotal(b) - pointTotal(a))
  const legend = (
    <div className="flex min-h-7 min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
      <Legend sums={sumByMode(points)} />
      {marksChanges(points) && <span className="text-12 text-dim">▲ configuration changed</span>}
    </div>
  )
  if (busiest === undefined) {
    return (
      <figure className="flex flex-col gap-2">
        <figcaption className="min-h-7">{legend}</figcaption>
        <p className="grid place-items-center border-y border-line text-dim" style={{ height }}>
          No events in this time range.
        </p>
      </figure>
    )
  }
  const name = `${label}, ${points.length} bars, busiest ${bucketText(busiest.time, length, tz)}`
  const layer = <TimelineLayer buckets={buckets} tz={tz} narrows={narrows} label={name} />
  return (
    <TimelineFrame buckets={buckets} tz={tz} label={label} height={height} legend={legend}>
      <TimelineDrawing buckets={buckets} tz={tz} height={height} layer={layer} />
    </TimelineFrame>
  )
}
