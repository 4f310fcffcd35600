import { TimeCell } from '#components/table/cells/time-cell.tsx'

/** A time, or what it means that there is none. */
export function MaybeTime({ time, tz, none }: { time: number | null; tz: string; none: string }) {
  return time === null ? <span className="text-dim">{none}</span> : <TimeCell time={time} tz={tz} />
}
