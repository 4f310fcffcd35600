'use client'
import { useRouter } from 'next/navigation'
import { type ComponentType, type PointerEvent, useRef, useState } from 'react'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import type { Buckets } from './buckets.ts'
import type { PointedProps } from './timeline-pointed.tsx'

type Props = { buckets: Buckets; tz: string; narrows?: Screen; label: string }

/** How the chart was come to while it was loaded: what the loaded part goes on from. */
type Loaded = { Pointed: ComponentType<PointedProps>; start: PointedProps['start'] }

/**
 * What makes the bars of a timeline answer: its name and its place in the order of Tab at once, what shows the figures of a bar
 * when the pointer or the focus comes for the first time. A click narrows the screen to the span of the bar, loaded or not.
 */
export function TimelineLayer({ buckets, tz, narrows, label }: Props) {
  const router = useRouter()
  const own = useRef<HTMLDivElement>(null)
  const pointer = useRef<{ x: number; y: number } | null>(null)
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const { points, length } = buckets

  const narrow = (time: number | undefined) => {
    if (narrows === undefined || time === undefined) return
    router.push(screenHref(narrows, { from: time, to: time + length - 1, last: null }), { scroll: false })
  }
  const load = () => {
    import('./timeline-pointed.tsx').then(
      ({ TimelinePointed }) => {
        const hasFocus = document.activeElement === own.current
        setLoaded({ Pointed: TimelinePointed, start: { hasFocus, pointer: pointer.current } })
      },
      // The bars and the table are there without it, and the next time it is tried again.
      (error: unknown) => console.error(error),
    )
  }
  const point = ({ clientX, clientY }: PointerEvent) => {
    pointer.current = { x: clientX, y: clientY }
  }
  if (loaded !== null) {
    const { Pointed, start } = loaded
    return (
      <div className="absolute inset-0">
        <Pointed
          buckets={buckets}
          tz={tz}
          label={label}
          start={start}
          onNarrow={narrows === undefined ? undefined : narrow}
        />
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the focus loads what hears keys.
    <div
      ref={own}
      role="img"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what it loads is interactive, and takes its place.
      tabIndex={0}
      className="absolute inset-0"
      onFocus={load}
      onPointerEnter={(event) => {
        point(event)
        load()
      }}
      onPointerMove={point}
      onPointerLeave={() => {
        pointer.current = null
      }}
      onClick={({ clientX, currentTarget }) => {
        const { left, width } = currentTarget.getBoundingClientRect()
        narrow(points[Math.floor(((clientX - left) / width) * points.length)]?.time)
      }}
    />
  )
}
