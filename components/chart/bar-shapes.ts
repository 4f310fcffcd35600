import type { Mode } from '#lib/asr/codes.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import { series } from './series.ts'

/** Width and height of the square in which shapes are written: whole numbers keep them short. */
export const shapeSize = 10_000

/** Share of its place that a bar leaves free on each side. */
const free = (count: number): number => (count > 90 ? 0.06 : 0.15)

/**
 * Returns the bars of each meaning as one path in a square of `shapeSize`, stacked from the ground up.
 * @param top the figure at the upper edge
 * @param least the least height of a part that is not 0, as a share of the height: something is never drawn as nothing
 */
export function barShapes(points: TimelinePoint[], top: number, least: number): Record<Mode, string> {
  const shapes: Record<Mode, string> = { block: '', audit: '', override: '', configuration: '' }
  const place = shapeSize / points.length
  const width = Math.max(1, Math.round(place * (1 - 2 * free(points.length))))
  points.forEach((point, index) => {
    const x = Math.round(place * (index + free(points.length)))
    let ground = shapeSize
    for (const mode of series) {
      if (point[mode] === 0) continue
      const y = Math.max(0, ground - Math.round(Math.max(least, point[mode] / top) * shapeSize))
      shapes[mode] += `M${x} ${y}h${width}V${ground}h-${width}z`
      ground = y
    }
  })
  return shapes
}
