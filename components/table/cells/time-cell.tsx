import { isoText, timeText } from '#lib/text/time.ts'

/** A time as `2026-11-20 16:29:48` in the zone of the screen, which the column head names. */
export function TimeCell({ time, tz }: { time: number; tz: string }) {
  return (
    <time dateTime={isoText(time)} className="figures block text-12 leading-5 whitespace-nowrap">
      {timeText(time, tz)}
    </time>
  )
}
