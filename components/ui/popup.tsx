'use client'
import {
  type ComponentProps,
  createContext,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { cx } from './class.ts'
import { showNextTo } from './place.ts'

type Popup = {
  isOpen: boolean
  /** Whether it was opened by a key, so that the focus goes to its first entry. */
  isByKey: RefObject<boolean>
  setOpen: (isOpen: boolean) => void
  trigger: RefObject<HTMLButtonElement | null>
  id: string
}

const Context = createContext<Popup | null>(null)

/** Lets the click of a press that closed a popup do nothing but what a button, link or field under it does. */
function ignoreClick(): void {
  const end = new AbortController()
  const once = { capture: true, signal: end.signal }
  const click = (event: Event) => {
    end.abort()
    const isControl =
      event.target instanceof Element && event.target.closest('a, button, input, select, label, summary')
    if (!isControl) event.stopPropagation()
  }
  window.addEventListener('click', click, once)
  // A press that became no click, as a scroll on a phone, must not take the click of a later one.
  setTimeout(() => window.addEventListener('pointerdown', () => end.abort(), once))
}

/** The popup that a component is part of. */
export function usePopup(): Popup {
  const popup = useContext(Context)
  if (popup === null) throw new Error('A part of a popup is outside of its Root.')
  return popup
}

type RootProps = { children: ReactNode; open?: boolean; onOpenChange?: (isOpen: boolean) => void }

/** A button and the box that it opens. Without `open` it keeps its state itself. */
export function PopupRoot({ children, open, onOpenChange }: RootProps) {
  const [isOwnOpen, setOwnOpen] = useState(false)
  const isByKey = useRef(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const id = useId()
  const setOpen = (isOpen: boolean) => {
    setOwnOpen(isOpen)
    onOpenChange?.(isOpen)
  }
  return <Context value={{ isOpen: open ?? isOwnOpen, isByKey, setOpen, trigger, id }}>{children}</Context>
}

/** The button that opens and closes the box; `opens` is its role. */
export function PopupTrigger({ opens, ...props }: ComponentProps<'button'> & { opens: 'menu' | 'dialog' }) {
  const { isOpen, isByKey, setOpen, trigger, id } = usePopup()
  const click = (event: MouseEvent) => {
    isByKey.current = event.detail === 0
    setOpen(!isOpen)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      // Else it would close what is open around the button.
      event.stopPropagation()
      return setOpen(false)
    }
    if (opens !== 'menu' || event.key !== 'ArrowDown' || isOpen) return
    event.preventDefault()
    isByKey.current = true
    setOpen(true)
  }
  return (
    <button
      type="button"
      ref={trigger}
      aria-haspopup={opens}
      aria-expanded={isOpen}
      aria-controls={isOpen ? id : undefined}
      data-popup-open={isOpen ? '' : undefined}
      onClick={click}
      onKeyDown={press}
      {...props}
    />
  )
}

type BoxProps = Omit<ComponentProps<'div'>, 'ref'> & {
  align: 'start' | 'center' | 'end'
  /** Takes the focus when the box has opened. */
  onOpened: (box: HTMLElement) => void
}

/**
 * The box, in the place of the document where it is written, so that Tab goes on from its button, but shown over everything.
 * Escape, a press outside and focus that leaves close it.
 */
export function PopupBox(props: BoxProps) {
  return usePopup().isOpen ? <OpenBox {...props} /> : null
}

function OpenBox({ align, onOpened, className, onKeyDown, ...props }: BoxProps) {
  const { setOpen, trigger, id } = usePopup()
  const box = useRef<HTMLDivElement>(null)
  const isWithin = (target: EventTarget | null): boolean =>
    target instanceof Node && (box.current?.contains(target) || trigger.current?.contains(target)) === true

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening.
  useEffect(() => {
    const [own, anchor] = [box.current, trigger.current]
    if (own === null || anchor === null) return
    const leave = showNextTo(own, anchor, { align, side: 'below', gap: 4 })
    onOpened(own)
    const press = ({ target }: PointerEvent) => {
      if (isWithin(target)) return
      ignoreClick()
      setOpen(false)
    }
    document.addEventListener('pointerdown', press, true)
    return () => {
      leave()
      document.removeEventListener('pointerdown', press, true)
    }
  }, [])

  // What is focused when it goes gives the focus back.
  useEffect(() => {
    const [own, anchor] = [box.current, trigger.current]
    return () => {
      if (own?.contains(document.activeElement) || document.activeElement === document.body) anchor?.focus()
    }
  }, [trigger])

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    onKeyDown?.(event)
    if (event.key !== 'Escape') return
    event.stopPropagation()
    trigger.current?.focus()
    setOpen(false)
  }
  const blur = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !isWithin(relatedTarget)) setOpen(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is among the properties.
    <div
      {...props}
      ref={box}
      id={id}
      popover="manual"
      tabIndex={-1}
      onKeyDown={press}
      onBlur={blur}
      className={cx(
        'fixed inset-auto m-0 overflow-y-auto rounded bg-raised text-start text-13 font-normal whitespace-normal text-ink shadow-float outline-none',
        className,
      )}
    />
  )
}
