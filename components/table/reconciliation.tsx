import { cx } from '#components/ui/class.ts'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { DetectionPage } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countText } from '#lib/text/number.ts'

type Props = { screen: Screen; className?: string } & Pick<DetectionPage, 'events' | 'faithfulEvents' | 'droppedEvents'>

/** The line that reconciles a table with Splunk's: the events of the filter, and how many of them Splunk's grouping drops. */
export function Reconciliation({ screen, events, faithfulEvents, droppedEvents: dropped, className }: Props) {
  return (
    <p className={cx('text-12 text-dim sm:whitespace-nowrap', className)}>
      <b className="font-semibold text-ink">
        <span className="figures">{countText(events)}</span> {events === 1 ? 'event' : 'events'}
      </b>{' '}
      · <span className="figures">{countText(faithfulEvents)}</span> in faithful mode
      {dropped > 0 && (
        <>
          {' '}
          · <span className="figures">{countText(dropped)}</span> dropped by Splunk's grouping:{' '}
          <NavLink href={screenHref(screen, { mode: 'complete', faithful: 0 })} scroll={false} className={linkClass}>
            show them
          </NavLink>
        </>
      )}
    </p>
  )
}
