'use client'
import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps } from 'react'
import { iconButtonClass } from './button.tsx'
import { Hint } from './hint.tsx'

type Props = Omit<ComponentProps<typeof BaseButton>, 'className'> & {
  label: string
  /** The key that does the same, shown with the label. */
  shortcut?: string
  className?: string
}

/** A square button with an icon; its name shows on hover and focus. */
export function IconButton({ label, shortcut, className, ...props }: Props) {
  return (
    <Hint text={shortcut === undefined ? label : `${label} (${shortcut})`}>
      <BaseButton aria-label={label} className={iconButtonClass(className)} {...props} />
    </Hint>
  )
}
