'use client'
import { ChartColumn, Table } from 'lucide-react'
import { lazy, type ReactNode, Suspense, startTransition, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Buckets } from './buckets.ts'

const TimelineTable = lazy(() => import('./timeline-table.tsx').then((part) => ({ default: part.TimelineTable })))

type Props = {
  buckets: Buckets
  tz: string
  label: string
  height: number
  legend: ReactNode
  /** The bars. */
  children: ReactNode
}

/** A timeline with its legend and the switch between bars and table. Its height never changes. */
export function TimelineFrame({ buckets, tz, label, height, legend, children }: Props) {
  const [asTable, setAsTable] = useState(false)
  // The bars stay until the table is loaded.
  const turn = () => startTransition(() => setAsTable(!asTable))
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {legend}
        <Button look="quiet" className="text-12 text-dim" onClick={turn} aria-pressed={asTable}>
          {asTable ? <ChartColumn aria-hidden /> : <Table aria-hidden />}
          {asTable ? 'As bars' : 'As a table'}
        </Button>
      </figcaption>
      <div style={{ height }}>
        <Suspense>{asTable ? <TimelineTable buckets={buckets} tz={tz} label={label} /> : children}</Suspense>
      </div>
    </figure>
  )
}
