import { type ReactNode, useId } from 'react'
import { cx } from '#components/ui/class.ts'
import { countText, shortCountText } from '#lib/text/number.ts'
import { axisFigures } from './axis.ts'
import { barShapes, shapeSize } from './bar-shapes.ts'
import { axisText, axisTimes, type Buckets, marksChanges, spikesOf } from './buckets.ts'
import { MarkPatterns, markFill } from './patterns.tsx'
import { pointTotal, series } from './series.ts'

/** Pixels over the bars, for the figure of a spike, and under them, for the times. */
const over = 14
const under = 24

type Props = {
  buckets: Buckets
  tz: string
  /** Pixels, axis included. */
  height: number
  /** Is under the bars, exactly as large as they are together. */
  layer: ReactNode
}

/** The bars of a timeline with their axes, drawn without a script: their width is the browser's, and no text is stretched. */
export function TimelineDrawing({ buckets, tz, height, layer }: Props) {
  const { points } = buckets
  const plot = height - over - under
  const figures = axisFigures(Math.max(...points.map(pointTotal)), Math.max(1, Math.floor(height / 60)))
  const top = figures.at(-1) ?? 1
  const yOf = (figure: number): number => plot - (figure / top) * plot
  return (
    <div className="grid grid-cols-[auto_1fr] font-mono text-[11px] leading-4 text-dim" style={{ paddingTop: over }}>
      <div aria-hidden className="grid justify-items-end pr-2">
        {figures.map((figure) => (
          <span key={figure} className="relative col-start-1 row-start-1 h-4" style={{ top: yOf(figure) - 8 }}>
            {shortCountText(figure)}
          </span>
        ))}
      </div>
      <div className="relative" style={{ height: plot }}>
        <svg aria-hidden width="100%" height={plot} className="absolute inset-0 block">
          {figures.map((figure) => (
            <line key={figure} x2="100%" y1={yOf(figure)} y2={yOf(figure)} stroke="var(--line)" />
          ))}
        </svg>
        {layer}
        <Bars buckets={buckets} top={top} plot={plot} />
      </div>
      <TimeAxis buckets={buckets} tz={tz} />
    </div>
  )
}

type BarsProps = { buckets: Buckets; top: number; plot: number }

// A clip scales with the drawing. What it clips does not, so that patterns keep their shape.
function Bars({ buckets: { points }, top, plot }: BarsProps) {
  const prefix = useId()
  const shapes = barShapes(points, top, 1.5 / plot)
  const middle = (index: number): string => `${((index + 0.5) / points.length) * 100}%`
  const spikes = new Set(spikesOf(points).slice(0, 8))
  const hasChanges = marksChanges(points)
  return (
    <svg aria-hidden width="100%" height={plot} className="pointer-events-none relative block overflow-visible">
      <MarkPatterns prefix={prefix} />
      {series.map((mode) => (
        <g key={mode}>
          <clipPath id={`${prefix}${mode}-bars`} clipPathUnits="objectBoundingBox">
            <path transform={`scale(${1 / shapeSize})`} d={shapes[mode]} />
          </clipPath>
          <rect
            width="100%"
            height={plot}
            fill={markFill(prefix, mode)}
            clipPath={`url(#${prefix}${mode}-bars)`}
            data-mode={mode}
          />
        </g>
      ))}
      <line x2="100%" y1={plot} y2={plot} stroke="var(--line-strong)" />
      {points.map((point, index) => (
        <g key={point.time}>
          {hasChanges && point.configuration > 0 && (
            <svg aria-hidden x={middle(index)} y={plot + 1} overflow="visible">
              <path d="M0 0l3 5h-6z" fill="var(--configuration-ink)" />
            </svg>
          )}
          {spikes.has(point) && (
            <text
              x={middle(index)}
              y={plot - (pointTotal(point) / top) * plot - 4}
              textAnchor="middle"
              fill="var(--ink)"
            >
              {countText(pointTotal(point))}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

/** Widths from which a half and all of the times along the axis have space; below, it is a quarter. */
const shown = {
  days: ['', 'hidden @min-[960px]:inline', 'hidden @min-[480px]:inline', 'hidden @min-[960px]:inline'],
  hours: ['', 'hidden @min-[600px]:inline', 'hidden @min-[300px]:inline', 'hidden @min-[600px]:inline'],
}

function TimeAxis({ buckets, tz }: { buckets: Buckets; tz: string }) {
  const { points, length } = buckets
  const named = axisTimes(buckets, tz, 12).map((time) => ({ time, text: axisText(time, length, tz) }))
  const half = `${Math.max(0, ...named.map(({ text }) => text.length)) / 2}ch`
  const classes = named.some(({ text }) => text.length > 5) ? shown.days : shown.hours
  return (
    <div aria-hidden className="@container relative col-start-2" style={{ height: under }}>
      {named.map(({ time, text }, index) => {
        const middle = ((points.findIndex((point) => point.time === time) + 0.5) / points.length) * 100
        return (
          <span
            key={time}
            className={cx('absolute top-2 -translate-x-1/2 whitespace-nowrap', classes[index % 4])}
            style={{ left: `clamp(${half}, ${middle}%, 100% - ${half})` }}
          >
            {text}
          </span>
        )
      })}
    </div>
  )
}
