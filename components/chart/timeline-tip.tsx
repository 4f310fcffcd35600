import { type RefObject, useEffect, useId } from 'react'
import { modeNames } from '#lib/asr/codes.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'
import { bucketText } from './buckets.ts'
import { Swatch } from './patterns.tsx'
import { pointTotal, series } from './series.ts'

type Props = {
  point: TimelinePoint
  length: number
  tz: string
  narrows: boolean
  /** Where the chart looks which bar is pointed at or reached by arrow keys. */
  into: RefObject<number | null>
}

/** What a bar of the timeline represents, in exact numbers. */
export function TimelineTip({ point, length, tz, narrows, into }: Props) {
  const prefix = useId()
  useEffect(() => {
    into.current = point.time
    return () => {
      into.current = null
    }
  }, [into, point])
  return (
    <div className="rounded bg-raised px-3 py-2 text-12 text-ink shadow-float">
      <p className="figures mb-1 whitespace-nowrap">
        {bucketText(point.time, length, tz)} <span className="text-dim">{tz}</span>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4">
        {series.toReversed().map((mode) => (
          <div key={mode} className="contents">
            <dt className="flex items-center gap-1.5">
              <Swatch mode={mode} prefix={prefix} />
              {modeNames[mode]}
            </dt>
            <dd className="figures text-end">{countText(point[mode])}</dd>
          </div>
        ))}
        <dt className="border-t border-line pt-0.5">All</dt>
        <dd className="figures border-t border-line pt-0.5 text-end">{countText(pointTotal(point))}</dd>
      </dl>
      {narrows && <p className="mt-1 text-dim">Click or Enter: only this span</p>}
    </div>
  )
}
