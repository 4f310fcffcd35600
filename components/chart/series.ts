import { type Mode, modeNames } from '#lib/asr/codes.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'

/** The four meanings a chart counts, in the order they are stacked, from the ground up. */
export const series: readonly Mode[] = ['block', 'audit', 'override', 'configuration']

/** Events of one bucket, whatever they mean. */
export const pointTotal = ({ block, audit, override, configuration }: TimelinePoint): number =>
  block + audit + override + configuration

/** Events of a complete timeline by meaning. */
export function sumByMode(points: TimelinePoint[]): Record<Mode, number> {
  const sums: Record<Mode, number> = { block: 0, audit: 0, override: 0, configuration: 0 }
  for (const point of points) for (const mode of series) sums[mode] += point[mode]
  return sums
}

/** One bucket in words: `Block 12, Audit 3`. */
export const pointWords = (point: TimelinePoint, countText: (count: number) => string): string =>
  series
    .filter((mode) => point[mode] > 0)
    .map((mode) => `${modeNames[mode]} ${countText(point[mode])}`)
    .join(', ') || 'no events'
