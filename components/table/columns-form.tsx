'use client'
import { ArrowDown, ArrowUp, GripVertical, Pin, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button, iconButtonClass } from '#components/ui/button.tsx'
import { PopoverPopup } from '#components/ui/popover.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { colsText, columnOrder, hiddenOn, pinnedColumns } from './column-choice.ts'
import { showDraft } from './column-draft.ts'
import { canMove, type ListedColumn, listed, moved, pinnedToggled, shownToggled } from './column-list.ts'
import { resetWidths, useWidths } from './column-widths.ts'

type Props = { screen: Screen; all: readonly string[]; hiddenAtFirst?: readonly string[] }
type Columns = readonly ListedColumn[]

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 }

/** The list of columns: each can be shown, moved by buttons, Alt with an arrow key or the pointer, and pinned at the left. */
export function ColumnsForm({ screen, all, hiddenAtFirst }: Props) {
  const router = useRouter()
  const list = useRef<HTMLUListElement>(null)
  const hasWidths = Object.keys(useWidths(screen.table)).length > 0
  const order = columnOrder(screen, all, hiddenAtFirst)
  const [columns, setColumns] = useState<Columns>(() => listed(order, pinnedColumns(screen, order), all))
  // A control that was pressed is moved with its column, and keeps the focus.
  const focused = useRef<string | null>(null)
  useEffect(() => {
    if (focused.current === null) return
    const control = list.current?.querySelector<HTMLElement>(`[data-control="${CSS.escape(focused.current)}"]`)
    if (control?.matches(':enabled')) control.focus()
    else control?.closest('li')?.querySelector<HTMLElement>('input')?.focus()
    focused.current = null
  })
  // The table follows at once; the URL, and with it a question to the server, when the list is closed.
  const href = useRef<string | null>(null)
  useEffect(() => () => void (href.current !== null && router.replace(href.current, { scroll: false })), [router])
  const save = (next: Columns) => {
    const shown = next.filter(({ isShown }) => isShown).map(({ name }) => name)
    const pinned = next.filter(({ isPinned }) => isPinned).map(({ name }) => name)
    const cols = colsText(shown, all, hiddenOn(screen, hiddenAtFirst), pinned)
    const own = { cols, pin: pinned.length === 0 ? null : pinned.join(',') }
    showDraft(own)
    href.current = screenHref(screen, { page: screen.params.page }, own)
  }
  const change = (next: Columns, control: string | null = null) => {
    if (next === columns) return
    focused.current = control
    setColumns(next)
    save(next)
  }
  const move = (name: string, step: number, control: string) => {
    const next = moved(columns, name, step)
    change(next, control)
    if (next !== columns) announce(`${name} is column ${next.findIndex((each) => each.name === name) + 1}`)
  }
  const press = (event: KeyboardEvent, name: string) => {
    const step = steps[event.key]
    if (step === undefined || !event.altKey) return
    event.preventDefault()
    const { control = `${name} shown` } = (event.target as HTMLElement).dataset
    move(name, step, control)
  }
  const dragged = useRef<Columns | null>(null)
  const drag = (event: PointerEvent, name: string) => {
    if (dragged.current === null) return
    const items = [...(list.current?.children ?? [])]
    const over = items.findIndex((item) => event.clientY < item.getBoundingClientRect().bottom)
    const at = columns.findIndex((each) => each.name === name)
    const next = over === -1 ? columns : moved(columns, name, over - at)
    dragged.current = next
    setColumns(next)
  }
  const usual = listed(
    all.filter((name) => !hiddenOn(screen, hiddenAtFirst).includes(name)),
    [],
    all,
  )
  const shownCount = columns.filter(({ isShown }) => isShown).length
  const isUsual = JSON.stringify(columns) === JSON.stringify(usual)
  return (
    <PopoverPopup title="Columns" align="end" className="w-84">
      <ul ref={list} className="flex flex-col">
        {columns.map(({ name, isShown, isPinned }) => (
          <li key={name} className="flex h-7 items-center gap-1 rounded-sm hover:bg-hover">
            <span
              aria-hidden
              className={isShown ? 'flex h-7 w-6 cursor-grab touch-none items-center text-dim' : 'invisible w-6'}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId)
                dragged.current = columns
              }}
              onPointerMove={(event) => drag(event, name)}
              onPointerUp={() => {
                if (dragged.current !== null) save(dragged.current)
                dragged.current = null
              }}
              onPointerCancel={() => {
                dragged.current = null
              }}
            >
              <GripVertical className="size-4" />
            </span>
            <label className="flex min-h-6 min-w-0 flex-1 items-center gap-2" onKeyDown={(event) => press(event, name)}>
              <input
                type="checkbox"
                data-control={`${name} shown`}
                checked={isShown}
                disabled={isShown && shownCount === 1}
                onChange={() => change(shownToggled(columns, name), `${name} shown`)}
                className="size-4 accent-accent"
              />
              <span className="truncate">{name}</span>
            </label>
            {isShown && (
              // biome-ignore lint/a11y/noStaticElementInteractions: it only hears keys that its buttons do not use.
              <span className="flex" onKeyDown={(event) => press(event, name)}>
                <button
                  type="button"
                  data-control={`${name} pin`}
                  aria-pressed={isPinned}
                  aria-label={`Pin ${name} at the left`}
                  title={isPinned ? 'Pinned at the left' : 'Pin at the left'}
                  onClick={() => change(pinnedToggled(columns, name), `${name} pin`)}
                  className={iconButtonClass(isPinned ? 'text-accent' : 'text-dim')}
                >
                  <Pin aria-hidden fill={isPinned ? 'currentColor' : 'none'} />
                </button>
                {([-1, 1] as const).map((step) => (
                  <button
                    key={step}
                    type="button"
                    data-control={`${name} ${step}`}
                    disabled={!canMove(columns, name, step)}
                    aria-label={`Move ${name} ${step < 0 ? 'left' : 'right'}`}
                    onClick={() => move(name, step, `${name} ${step}`)}
                    className={iconButtonClass('text-dim')}
                  >
                    {step < 0 ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />}
                  </button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {(hasWidths || !isUsual) && (
        <p className="mt-2 flex gap-2 border-t border-line pt-2">
          {!isUsual && (
            <Button onClick={() => change(usual, `${usual[0]?.name} shown`)}>
              <RotateCcw aria-hidden />
              Usual columns
            </Button>
          )}
          {hasWidths && (
            <Button onClick={() => resetWidths(screen.table)}>
              <RotateCcw aria-hidden />
              Reset widths
            </Button>
          )}
        </p>
      )}
      <p className="mt-2 text-12 text-dim">Alt + ↑ ↓ moves the column that has the focus.</p>
    </PopoverPopup>
  )
}
