'use client'
import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { showNextTo } from './place.ts'

/** Milliseconds that the pointer rests before a hint shows, and that a hint stays so that the pointer can move onto it. */
const wait = { open: 300, close: 100 }

/** Words that appear when `children` is pointed at or focused. They repeat or add to what is named elsewhere, never more. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef(0)
  /** Whether the control was pressed since the pointer came: then its hint would cover what is used next. */
  const isPressed = useRef(false)
  const set = (next: Element | null, delay: number) => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setAnchor(next), delay)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  // Not on entering: a page that changes under a resting pointer lets it enter as well.
  const move = ({ pointerType, currentTarget }: PointerEvent) => {
    if (pointerType === 'mouse' && !isPressed.current)
      set(currentTarget.firstElementChild, anchor === null ? wait.open : 0)
  }
  const leave = () => {
    isPressed.current = false
    set(null, wait.close)
  }
  const press = () => {
    isPressed.current = true
    set(null, 0)
  }
  const focus = ({ target, currentTarget }: FocusEvent) => {
    if (target.matches(':focus-visible')) set(currentTarget.firstElementChild, 0)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what happens to the control in it.
    <span
      className="contents"
      onPointerMove={move}
      onPointerLeave={leave}
      onPointerDown={press}
      onFocus={focus}
      onBlur={() => set(null, 0)}
    >
      {children}
      {anchor !== null && <HintBox text={text} anchor={anchor} onEscape={() => set(null, 0)} />}
    </span>
  )
}

function HintBox({ text, anchor, onEscape }: { text: ReactNode; anchor: Element; onEscape: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (box.current !== null) return showNextTo(box.current, anchor, { align: 'center', side: 'above', gap: 6 })
  }, [anchor])
  // Before anything else that Escape closes.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      onEscape()
    }
    document.addEventListener('keydown', press, true)
    return () => document.removeEventListener('keydown', press, true)
  })
  return createPortal(
    <div
      ref={box}
      role="tooltip"
      popover="manual"
      className="fixed inset-auto m-0 w-max max-w-[min(480px,calc(100vw-16px))] rounded bg-raised px-2 py-1 text-12 wrap-anywhere text-ink shadow-float"
    >
      {text}
    </div>,
    document.body,
  )
}
