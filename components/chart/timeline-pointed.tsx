'use client'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Bar, BarChart, createHorizontalChart, Tooltip, XAxis, YAxis } from 'recharts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import type { Buckets } from './buckets.ts'
import { TimelineTip } from './timeline-tip.tsx'

const Typed = createHorizontalChart<TimelinePoint, number, number>()({ BarChart, Bar, XAxis, YAxis })

export type PointedProps = {
  buckets: Buckets
  tz: string
  label: string
  /** What came while this was loaded: the focus, and where the pointer is in the window. */
  start: { hasFocus: boolean; pointer: { x: number; y: number } | null }
  onNarrow?: (time: number) => void
}

/** Holds the focus until the bars are drawn, which is when their size is known, and moves it to them. Returns what ends that. */
function focusBars(chart: HTMLElement): () => void {
  const drawn = new MutationObserver(() => move())
  const move = () => {
    const bars = chart.querySelector<SVGElement>('[tabindex="0"]')
    if (bars === null) return
    drawn.disconnect()
    if (document.activeElement === chart) bars.focus()
  }
  chart.focus()
  drawn.observe(chart, { childList: true, subtree: true })
  move()
  return () => drawn.disconnect()
}

/**
 * What shows which bar is pointed at and its figures, as large as the bars and below them: the bars themselves are drawn by
 * `TimelineDrawing`. Arrow keys move from bar to bar; a click or Enter narrows.
 */
export function TimelinePointed({ buckets, tz, label, start, onNarrow }: PointedProps) {
  const own = useRef<HTMLDivElement>(null)
  const active = useRef<number | null>(null)
  const { points, length } = buckets
  const narrow = () => {
    if (active.current !== null) onNarrow?.(active.current)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') narrow()
  }
  useEffect(() => {
    const { hasFocus, pointer } = start
    const stop = hasFocus && own.current !== null ? focusBars(own.current) : undefined
    if (pointer === null) return stop
    const [clientX, clientY] = [pointer.x, pointer.y]
    own.current
      ?.querySelector('.recharts-wrapper')
      ?.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX, clientY }))
    return stop
  }, [start])
  return (
    <div ref={own} tabIndex={-1} onKeyDownCapture={press} className="h-full font-sans outline-none">
      <Typed.BarChart
        responsive
        data={points}
        title={label}
        desc={
          onNarrow === undefined
            ? 'Arrow keys move from bar to bar.'
            : 'Arrow keys move from bar to bar, Enter narrows.'
        }
        style={{ width: '100%', height: '100%', cursor: onNarrow === undefined ? 'default' : 'pointer' }}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        onClick={narrow}
      >
        <Typed.XAxis dataKey="time" hide />
        <Typed.YAxis hide />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          allowEscapeViewBox={{ x: false, y: true }}
          wrapperStyle={{ zIndex: 10 }}
          content={({ active: isActive, label: time }) => {
            const point = isActive ? points.find((each) => each.time === time) : undefined
            return point === undefined ? null : (
              <TimelineTip point={point} length={length} tz={tz} narrows={onNarrow !== undefined} into={active} />
            )
          }}
        />
        <Typed.Bar dataKey="audit" fill="none" isAnimationActive={false} />
      </Typed.BarChart>
    </div>
  )
}
