'use client'
import type { ComponentProps } from 'react'
import { iconButtonClass } from './button.tsx'
import { Hint } from './hint.tsx'

type Props = ComponentProps<'button'> & {
  label: string
  /** The key that does the same, shown with the label. */
  shortcut?: string
}

/** A square button with an icon; its name shows on hover and focus. */
export function IconButton({ label, shortcut, className, ...props }: Props) {
  return (
    <Hint text={shortcut === undefined ? label : `${label} (${shortcut})`}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={shortcut === 'Esc' ? 'Escape' : shortcut}
        className={iconButtonClass(className)}
        {...props}
      />
    </Hint>
  )
}
