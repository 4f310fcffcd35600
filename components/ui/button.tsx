import type { ComponentProps } from 'react'
import { cx } from './class.ts'

const looks = {
  /** The one thing to do next. */
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-medium',
  plain: 'border border-line-strong hover:bg-hover aria-pressed:bg-hover data-popup-open:bg-hover',
  /** Is in a bar with others. */
  quiet: 'hover:bg-hover aria-pressed:bg-hover data-popup-open:bg-hover',
  danger: 'bg-block-ink text-ground hover:opacity-90 font-medium',
}

/** Classes of a button, for triggers and links that look like one. */
export const buttonClass = (look: keyof typeof looks = 'plain', more?: string): string =>
  cx(
    'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded px-2 text-13 whitespace-nowrap select-none',
    'disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    looks[look],
    more,
  )

/** Classes of a square button that shows an icon only; it needs an accessible name. */
export const iconButtonClass = (more?: string): string => buttonClass('quiet', cx('w-7 px-0', more))

type Props = ComponentProps<'button'> & { look?: keyof typeof looks }

/** A button 28 pixels high. */
export function Button({ look, className, ...props }: Props) {
  return <button type="button" className={buttonClass(look, className)} {...props} />
}
