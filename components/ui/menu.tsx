'use client'
import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class.ts'
import { NavLink } from './nav-link.tsx'

const itemClass =
  'flex min-h-7 items-center gap-2 rounded-sm px-2 text-13 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-dim'

/** The floating part of a menu. Put it in a `Menu.Root` after its trigger. */
export function MenuPopup({ children, align = 'end' }: { children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <Menu.Portal>
      <Menu.Positioner align={align} sideOffset={4} className="z-40 outline-none">
        <Menu.Popup className="max-h-(--available-height) min-w-44 overflow-y-auto rounded bg-raised p-1 text-ink shadow-float outline-none">
          {children}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  )
}

/** One thing a menu does. */
export function MenuItem(props: Omit<ComponentProps<typeof Menu.Item>, 'className'>) {
  return <Menu.Item className={itemClass} {...props} />
}

/** An entry that leads to another view. `plain` is for files: the browser fetches them, not the router. */
export function MenuLink({ href, plain, children }: { href: string; plain?: boolean; children: ReactNode }) {
  return (
    <Menu.LinkItem
      className={itemClass}
      closeOnClick
      href={href}
      render={plain ? undefined : ({ ref, ...props }) => <NavLink {...props} href={href} ref={ref} />}
    >
      {children}
    </Menu.LinkItem>
  )
}

/** An entry that can be on or off; the menu stays open. */
export function MenuCheck({ children, ...props }: Omit<ComponentProps<typeof Menu.CheckboxItem>, 'className'>) {
  return (
    <Menu.CheckboxItem className={itemClass} {...props}>
      <span className="size-4">
        <Menu.CheckboxItemIndicator>
          <Check aria-hidden />
        </Menu.CheckboxItemIndicator>
      </span>
      {children}
    </Menu.CheckboxItem>
  )
}

/** One of several entries of which one is chosen, inside a `Menu.RadioGroup`. */
export function MenuRadio({ children, ...props }: Omit<ComponentProps<typeof Menu.RadioItem>, 'className'>) {
  return (
    <Menu.RadioItem className={itemClass} closeOnClick {...props}>
      <span className="size-4">
        <Menu.RadioItemIndicator>
          <Check aria-hidden />
        </Menu.RadioItemIndicator>
      </span>
      {children}
    </Menu.RadioItem>
  )
}

/** A dim heading over some entries, inside a `Menu.Group`. */
export function MenuLabel({ className, ...props }: { className?: string; children: ReactNode }) {
  return <Menu.GroupLabel className={cx('px-2 pt-1 pb-0.5 text-12 text-dim', className)} {...props} />
}

/** A hairline between groups of entries. */
export function MenuLine() {
  return <Menu.Separator className="my-1 h-px bg-line" />
}

export { Menu }
