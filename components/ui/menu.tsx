'use client'
import { Check } from 'lucide-react'
import { type ComponentProps, createContext, type KeyboardEvent, type ReactNode, useContext } from 'react'
import { NavLink } from './nav-link.tsx'
import { PopupBox, PopupRoot, PopupTrigger, usePopup } from './popup.tsx'

const itemClass =
  'flex min-h-7 w-full items-center gap-2 rounded-sm px-2 text-start text-13 outline-none select-none focus:bg-hover aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-dim'

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]

/** The entry that a key leads to: by arrows in a circle, by Home and End, or the next that begins with a letter. */
function reached(items: HTMLElement[], key: string): HTMLElement | undefined {
  const at = items.findIndex((item) => item.matches(':focus'))
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key === 'ArrowDown') return items[(at + 1) % items.length]
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1)
  if (key.length !== 1 || key === ' ') return undefined
  const begins = (item: HTMLElement) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase())
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins)
}

/** The floating part of a menu. Put it in a `Menu.Root` after its trigger. */
export function MenuPopup({ children, align = 'end' }: { children: ReactNode; align?: 'start' | 'end' }) {
  const { isByKey, setOpen } = usePopup()
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey) return
    // The focus goes on from the button, since the menu is right behind it.
    if (key === 'Tab') return setOpen(false)
    const item = reached(itemsOf(event.currentTarget), key)
    item?.focus()
    // Space presses a button, but not a link.
    const isLink = key === ' ' && target instanceof HTMLAnchorElement
    if (isLink) target.click()
    if (isLink || item !== undefined) event.preventDefault()
  }
  return (
    <PopupBox
      role="menu"
      align={align}
      onOpened={(menu) => ((isByKey.current ? itemsOf(menu)[0] : undefined) ?? menu).focus()}
      onKeyDown={press}
      onPointerMove={({ target, currentTarget }) =>
        target instanceof Element &&
        itemsOf(currentTarget)
          .find((item) => item.contains(target))
          ?.focus()
      }
      className="min-w-44 p-1"
    >
      {children}
    </PopupBox>
  )
}

/** One thing a menu does. */
export function MenuItem({ onClick, ...props }: ComponentProps<'button'>) {
  const { setOpen } = usePopup()
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={itemClass}
      onClick={(event) => {
        onClick?.(event)
        setOpen(false)
      }}
      {...props}
    />
  )
}

/** An entry that shows or hides further entries after it; the menu stays open. */
export function MenuToggle({ isOpen, ...props }: ComponentProps<'button'> & { isOpen: boolean }) {
  return <button type="button" role="menuitem" aria-expanded={isOpen} tabIndex={-1} className={itemClass} {...props} />
}

/** An entry that leads to another view. `plain` is for files: the browser fetches them, not the router. */
export function MenuLink({ href, plain, children }: { href: string; plain?: boolean; children: ReactNode }) {
  const { setOpen } = usePopup()
  const link = { href, role: 'menuitem', tabIndex: -1, className: itemClass, onClick: () => setOpen(false), children }
  return plain ? <a {...link} /> : <NavLink {...link} />
}

type CheckProps = {
  checked?: boolean
  disabled?: boolean
  onCheckedChange: (isChecked: boolean) => void
  children: ReactNode
}

/** An entry that can be on or off; the menu stays open. */
export function MenuCheck({ checked = false, disabled = false, onCheckedChange, children }: CheckProps) {
  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={checked}
      aria-disabled={disabled}
      tabIndex={-1}
      className={itemClass}
      onClick={() => disabled || onCheckedChange(!checked)}
    >
      <Mark isShown={checked} />
      {children}
    </button>
  )
}

/** A hairline between groups of entries. */
export const MenuLine = () => <hr className="my-1 border-line" />

const Chosen = createContext<{ value: string; choose: (value: string) => void } | null>(null)

type GroupProps<Value extends string> = {
  'aria-label': string
  value: Value
  onValueChange: (value: Value) => void
  children: ReactNode
}

function RadioGroup<Value extends string>({ value, onValueChange, children, ...props }: GroupProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a menu.
    <div role="group" {...props}>
      <Chosen value={{ value, choose: onValueChange as (value: string) => void }}>{children}</Chosen>
    </div>
  )
}

/** One of several entries of which one is chosen, inside a `Menu.RadioGroup`. */
export function MenuRadio({ value, children }: { value: string; children: ReactNode }) {
  const { setOpen } = usePopup()
  const group = useContext(Chosen)
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={group?.value === value}
      tabIndex={-1}
      className={itemClass}
      onClick={() => {
        group?.choose(value)
        setOpen(false)
      }}
    >
      <Mark isShown={group?.value === value} />
      {children}
    </button>
  )
}

const Mark = ({ isShown }: { isShown: boolean }) => <span className="size-4">{isShown && <Check aria-hidden />}</span>

/** The button of a menu. A server component writes `PopupRoot` and this, since it cannot look into an object of a client module. */
export const MenuTrigger = (props: ComponentProps<'button'>) => <PopupTrigger opens="menu" {...props} />

export const Menu = { Root: PopupRoot, Trigger: MenuTrigger, RadioGroup }
