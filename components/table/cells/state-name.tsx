import { cx } from '#components/ui/class.ts'
import { visibleText } from '#lib/text/visible.ts'
import { stateLooks, stateOf } from '../states.ts'
import { NullValue } from './null-value.tsx'

/** A rule's state as the registry has it, by icon, word and hue. */
export function StateName({ state }: { state: string }) {
  if (state === 'NULL') return <NullValue />
  const { icon: Icon, ink } = stateLooks[stateOf(state)]
  return (
    <span className={cx('flex items-center gap-1 whitespace-nowrap', ink)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {visibleText(state)}
    </span>
  )
}
