'use client'
import { isoText, spanParts, timeText } from '#lib/text/time.ts'
import { useTableContext } from '../table-context.ts'

type Props = { firstTime: number; lastTime: number }

/**
 * The first and last time of a stack on one line, to the day or minute: the clock time is that of the end the table is
 * sorted by, else of the last. The table shows both complete on hover and focus.
 */
export function TimesCell({ firstTime, lastTime }: Props) {
  const { tz, sort } = useTableContext().screen.params
  const [first, last] = spanParts(firstTime, lastTime, tz, sort[0]?.column === 'firstTime' ? 'first' : 'last')
  return (
    <span className="figures block truncate text-12 leading-5">
      <time dateTime={isoText(firstTime)} data-column="firstTime">
        {first}
      </time>
      {last !== null && ' – '}
      <time dateTime={isoText(lastTime)} data-column="lastTime">
        {last}
      </time>
    </span>
  )
}

/** One of the two times, if the table shows only this one. */
export function OneTimeCell({ time, name }: { time: number; name: string }) {
  const { tz } = useTableContext().screen.params
  return (
    <time dateTime={isoText(time)} data-column={name} className="figures block truncate text-12 leading-5">
      {timeText(time, tz)}
    </time>
  )
}
