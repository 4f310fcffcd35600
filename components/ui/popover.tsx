'use client'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './class.ts'
import { PopupBox, PopupRoot, PopupTrigger } from './popup.tsx'

type Props = { children: ReactNode; title: string; align?: 'start' | 'center' | 'end'; className?: string }

const focusable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled'

/** The floating part of a popover: a small form or explanation. Put it in a `Popover.Root` after its trigger. */
export function PopoverPopup({ children, title, align = 'start', className }: Props) {
  const id = useId()
  return (
    <PopupBox
      role="dialog"
      aria-labelledby={id}
      align={align}
      onOpened={(box) => (box.querySelector<HTMLElement>(focusable) ?? box).focus()}
      className={cx('max-w-[calc(100vw-16px)] p-3', className)}
    >
      <h2 id={id} className="mb-2 text-13 font-semibold">
        {title}
      </h2>
      {children}
    </PopupBox>
  )
}

export const Popover = {
  Root: PopupRoot,
  Trigger: (props: ComponentProps<'button'>) => <PopupTrigger opens="dialog" {...props} />,
}
