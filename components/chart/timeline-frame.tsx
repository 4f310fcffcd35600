'use client'
import { ChartColumn, Table } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import type { Buckets } from './buckets.ts'
import type { TimelineTable } from './timeline-table.tsx'

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
  // A Suspense boundary around the bars would not do: React sends what is large in one behind its fallback.
  const [Shown, setShown] = useState<typeof TimelineTable | null>(null)
  const turn = () => {
    if (Shown !== null) return setShown(null)
    import('./timeline-table.tsx').then(
      (loaded) => setShown(() => loaded.TimelineTable),
      () => announce('The table could not be loaded. Reload the page.'),
    )
  }
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex items-start justify-between gap-x-4">
        {legend}
        <Button look="quiet" className="shrink-0 text-12 text-dim" onClick={turn} aria-pressed={Shown !== null}>
          {Shown === null ? <Table aria-hidden /> : <ChartColumn aria-hidden />}
          <span className="max-sm:sr-only">{Shown === null ? 'As a table' : 'As bars'}</span>
        </Button>
      </figcaption>
      <div style={{ height }}>{Shown === null ? children : <Shown buckets={buckets} tz={tz} label={label} />}</div>
    </figure>
  )
}
