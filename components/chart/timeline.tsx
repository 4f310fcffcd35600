'use client'
import { ChartColumn, Table } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Timeline } from '#lib/model/rows.ts'
import type { Screen } from '#lib/params/screen.ts'
import { bucketsOf, bucketText, marksChanges } from './buckets.ts'
import { Legend } from './legend.tsx'
import { pointTotal, sumByMode } from './series.ts'
import { TimelineBars } from './timeline-bars.tsx'
import { TimelineTable } from './timeline-table.tsx'

/** Bars that still can be told apart on a wide screen. */
const most = 200

type Props = {
  timeline: Timeline
  tz: string
  /** The screen whose time range a bar narrows to its own span; without it bars lead nowhere. */
  narrows?: Screen
  /** What the bars are events of, for the chart's name. */
  label?: string
  /** A third less high, beside a table that matters more. */
  low?: boolean
}

/** Events over time by meaning, stacked by hour or day, as bars or as the table of the same numbers. Its height never changes. */
export function TimelineChart({ timeline, tz, narrows, label = 'Events over time', low }: Props) {
  const [asTable, setAsTable] = useState(false)
  const buckets = bucketsOf(timeline, most)
  const { points, length } = buckets
  const [busiest] = points.toSorted((a, b) => pointTotal(b) - pointTotal(a))
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Legend sums={sumByMode(points)} />
          {marksChanges(points) && <span className="text-12 text-dim">▲ configuration changed</span>}
        </div>
        <Button look="quiet" className="text-12 text-dim" onClick={() => setAsTable(!asTable)} aria-pressed={asTable}>
          {asTable ? <ChartColumn aria-hidden /> : <Table aria-hidden />}
          {asTable ? 'As bars' : 'As a table'}
        </Button>
      </figcaption>
      <div className={low ? 'h-32' : 'h-48'}>
        {busiest === undefined ? (
          <p className="grid h-full place-items-center border-y border-line text-dim">No events in this time range.</p>
        ) : asTable ? (
          <TimelineTable buckets={buckets} tz={tz} label={label} />
        ) : (
          <TimelineBars
            buckets={buckets}
            tz={tz}
            narrows={narrows}
            label={`${label}, ${points.length} bars, busiest ${bucketText(busiest.time, length, tz)}`}
          />
        )}
      </div>
    </figure>
  )
}
