'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Logged } from './cells/logged.tsx'
import type { TipLine } from './tips.ts'

type Props = {
  table: RefObject<HTMLTableElement | null>
  /** What a cell says when it is pointed at or focused; null if it shows all of it. */
  lineOf: (row: number, column: string, isCut: boolean) => TipLine | null
  /** A row is open next to the table and shows all of its values, so the focus of a row shows no tip. */
  isQuiet: boolean
}
/** `x`: where the pointer is; null if the focus shows the tip. */
type Tip = { lines: TipLine[]; rect: DOMRect; x: number | null }

const pointerDelay = 300
const focusDelay = 500
/** Time to move the pointer from a cell to the tip. */
const leaveDelay = 150

/** Pixels between the pointer and a tip, so that the way to the cell below is free. */
const free = 12

/** Returns the left edge of a tip: next to the pointer on the side that has space, or at the start of its cell. */
function leftOf({ rect, x }: Tip, width: number): number {
  const most = window.innerWidth - width - 8
  if (x !== null && x + free <= most) return x + free
  if (x !== null && x - free - width >= 8) return x - free - width
  return Math.max(8, Math.min(rect.left + 8, most))
}

/** Whether a cell shows less than it contains. */
const isCut = (cell: Element): boolean =>
  [cell, ...cell.querySelectorAll('.truncate')].some((part) => part.scrollWidth > part.clientWidth)

/**
 * The one tooltip of a table: the complete value of the cell that the pointer is on or whose link has the focus, and all
 * that is cut in a row that has it. The pointer can move onto it, and Escape hides it (WCAG 1.4.13).
 */
export function CellTip({ table, lineOf, isQuiet }: Props) {
  const [tip, setTip] = useState<Tip | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pointer = useRef(0)
  const later = (delay: number, run: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(run, delay)
  }
  // At once: Escape would else hide it and leave open what has opened meanwhile.
  const hide = () => {
    clearTimeout(timer.current)
    setTip(null)
  }
  const lineOfCell = (cell: HTMLTableCellElement): TipLine | null => {
    const { name = '' } = cell.dataset
    const row = cell.closest('tr')
    if (cell.tagName === 'TH') return isCut(cell) || cell.dataset.icon !== undefined ? { name: '', text: name } : null
    return row === null ? null : lineOf(row.sectionRowIndex, name, isCut(cell))
  }
  const showAt = (element: Element, cells: HTMLTableCellElement[], x: number | null = null) => {
    const lines = cells.flatMap((cell) => lineOfCell(cell) ?? [])
    setTip(lines.length === 0 ? null : { lines, rect: element.getBoundingClientRect(), x })
  }

  useEffect(() => {
    const shown = table.current
    if (shown === null) return
    const cellOf = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLTableCellElement>('td, th') : null
    const enter = ({ target, pointerType }: PointerEvent) => {
      const cell = cellOf(target)
      if (target instanceof Element && target.closest('[role=separator]') !== null) return hide()
      if (pointerType === 'mouse' && cell !== null) later(pointerDelay, () => showAt(cell, [cell], pointer.current))
    }
    const move = ({ clientX }: PointerEvent) => {
      pointer.current = clientX
    }
    const leave = ({ relatedTarget }: PointerEvent) => {
      // Onto the tip: it was entered before the table is left.
      if (relatedTarget instanceof Node && box.current?.contains(relatedTarget)) return
      later(leaveDelay, () => setTip(null))
    }
    const focus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement && target.matches(':focus-visible'))) return
      const cell = cellOf(target)
      if (cell !== null) later(pointerDelay, () => showAt(cell, [cell]))
      else if (target instanceof HTMLTableRowElement && !isQuiet)
        later(focusDelay, () => target.isConnected && showAt(target, [...target.cells]))
    }
    shown.addEventListener('pointerover', enter)
    shown.addEventListener('pointermove', move)
    shown.addEventListener('pointerleave', leave)
    shown.addEventListener('focusin', focus)
    shown.addEventListener('focusout', hide)
    shown.addEventListener('pointerdown', hide)
    return () => {
      shown.removeEventListener('pointerover', enter)
      shown.removeEventListener('pointermove', move)
      shown.removeEventListener('pointerleave', leave)
      shown.removeEventListener('focusin', focus)
      shown.removeEventListener('focusout', hide)
      shown.removeEventListener('pointerdown', hide)
    }
  })

  const isShown = tip !== null
  useEffect(() => {
    if (!isShown) return
    // Before all others: Escape hides the tip and leaves open what is open.
    const dismiss = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      clearTimeout(timer.current)
      setTip(null)
    }
    const scrolled = ({ target }: Event) => {
      if (target !== box.current) setTip(null)
    }
    window.addEventListener('keydown', dismiss, true)
    window.addEventListener('scroll', scrolled, true)
    return () => {
      window.removeEventListener('keydown', dismiss, true)
      window.removeEventListener('scroll', scrolled, true)
    }
  }, [isShown])
  useEffect(() => () => clearTimeout(timer.current), [])

  useLayoutEffect(() => {
    const { current } = box
    if (current === null || tip === null) return
    const { offsetWidth: width, offsetHeight: height, style } = current
    const below = tip.rect.bottom + 2
    const top = below + height > window.innerHeight - 8 ? tip.rect.top - height - 2 : below
    style.top = `${Math.max(8, top)}px`
    style.left = `${leftOf(tip, width)}px`
  }, [tip])

  if (tip === null) return null
  return (
    <div
      ref={box}
      role="tooltip"
      onPointerEnter={() => clearTimeout(timer.current)}
      onPointerLeave={() => later(leaveDelay, () => setTip(null))}
      className="fixed z-50 max-h-80 max-w-[min(700px,calc(50vw-20px))] overflow-y-auto rounded bg-raised px-2 py-1 text-12 text-ink shadow-float"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        {tip.lines.map(({ name, text, note }) => (
          <div key={`${name} ${text}`} className="col-span-2 grid grid-cols-subgrid">
            {name !== '' && tip.lines.length > 1 && <dt className="text-dim">{name}</dt>}
            <dd className="col-start-2 first:col-span-2 first:col-start-1 font-mono whitespace-pre-wrap wrap-anywhere">
              <Logged text={text} />
              {note !== undefined && <span className="block font-sans text-dim">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
