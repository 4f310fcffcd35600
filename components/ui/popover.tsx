'use client'
import { Popover } from '@base-ui/react/popover'
import type { ReactNode } from 'react'
import { cx } from './class.ts'

type Props = { children: ReactNode; title: string; align?: 'start' | 'center' | 'end'; className?: string }

/** The floating part of a popover: a small form or explanation. Put it in a `Popover.Root` after its trigger. */
export function PopoverPopup({ children, title, align = 'start', className }: Props) {
  return (
    <Popover.Portal>
      <Popover.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-40">
        <Popover.Popup
          className={cx(
            'max-w-(--available-width) rounded bg-raised p-3 text-13 text-ink shadow-float outline-none',
            className,
          )}
        >
          <Popover.Title className="mb-2 text-13 font-semibold">{title}</Popover.Title>
          {children}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  )
}

export { Popover }
