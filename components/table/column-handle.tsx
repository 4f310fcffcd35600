'use client'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { TableName } from '#lib/params/params.ts'
import { narrowest, saveWidth, widest } from './column-widths.ts'

type Props = {
  table: TableName
  column: string
  /** Its width in pixels as far as it is known before it is measured. */
  width: number
}

const steps: Record<string, number> = { ArrowLeft: -16, ArrowRight: 16 }
const within = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)))

/**
 * The right edge of a column's head, by which its width is changed: dragged, or with the arrow keys. A double click or
 * Enter restores the usual width.
 */
export function ColumnHandle({ table, column, width }: Props) {
  const handle = useRef<HTMLSpanElement>(null)
  const [measured, setMeasured] = useState<number | null>(null)
  const drag = useRef<{ from: number; width: number } | null>(null)
  const widthNow = (): number => within(handle.current?.closest('th')?.offsetWidth ?? width)
  const show = (next: number) => {
    const style = handle.current?.closest('table')?.style
    for (const name of ['w', 'm']) style?.setProperty(`--${name}-${column}`, `${next}px`)
    setMeasured(next)
  }
  const reset = () => {
    const style = handle.current?.closest('table')?.style
    for (const name of ['w', 'm']) style?.removeProperty(`--${name}-${column}`)
    saveWidth(table, column, null)
    setMeasured(null)
  }
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (step === undefined) return reset()
    const next = within(widthNow() + step)
    show(next)
    saveWidth(table, column, next)
  }
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { from: event.clientX, width: widthNow() }
  }
  const move = (event: PointerEvent) => {
    if (drag.current !== null) show(within(drag.current.width + event.clientX - drag.current.from))
  }
  const end = (event: PointerEvent) => {
    const moved = drag.current
    drag.current = null
    if (moved !== null && event.clientX !== moved.from)
      saveWidth(table, column, within(moved.width + event.clientX - moved.from))
  }
  const cancel = () => {
    if (drag.current !== null) show(drag.current.width)
    drag.current = null
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is not an <hr>.
    <span
      ref={handle}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${column}`}
      aria-valuenow={measured ?? width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuetext={`${measured ?? width} pixels`}
      title={`Width of ${column}: drag, or arrow keys; double-click or Enter for the usual width`}
      className="group/handle absolute top-0.5 right-0 h-6 w-6 cursor-col-resize touch-none select-none"
      onFocus={() => setMeasured(widthNow())}
      onKeyDown={press}
      onDoubleClick={reset}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={cancel}
      // Else the browser would begin to mark text or to drag the link of the head.
      onMouseDown={(event) => {
        event.preventDefault()
        event.currentTarget.focus()
      }}
    >
      <span className="absolute inset-y-1 right-0 w-px bg-line-strong group-hover/handle:w-0.5 group-hover/handle:bg-accent group-focus-visible/handle:w-0.5 group-focus-visible/handle:bg-accent" />
    </span>
  )
}
