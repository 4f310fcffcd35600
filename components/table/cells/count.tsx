import { cx } from '#components/ui/class.ts'
import { countText } from '#lib/text/number.ts'

/** A count with thin-space thousands; zero is a dim dot. */
export function Count({ value, className }: { value: number; className?: string }) {
  if (value === 0) {
    return (
      <span className={cx('figures text-dim', className)}>
        <span aria-hidden>·</span>
        <span className="sr-only">0</span>
      </span>
    )
  }
  return <span className={cx('figures', className)}>{countText(value)}</span>
}
