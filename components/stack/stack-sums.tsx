import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { StackPage } from '#lib/model/rows.ts'
import type { Params } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf, countText } from '#lib/text/number.ts'

/** What drops every limit on the stacks that are shown. */
export const noLimits: Partial<Params> = {
  ...{ maxHosts: null, maxEvents: null, maxShare: null, minRatio: null },
  ...{ seen: null, hint: null },
}

type Props = { screen: Screen; page: StackPage }

/** What the stacks add up to: those shown, those that limits leave out and those that dispositions hide are all events. */
export function StackSums({ screen, page }: Props) {
  const { total, events, leftOut, hidden, hosts, reportingHosts } = page
  return (
    <p className="flex flex-wrap gap-x-3 text-12 text-dim max-sm:order-1 max-sm:basis-full">
      <span>
        <b className="font-semibold text-ink">{countOf(total, 'stack')}</b> with{' '}
        <b className="font-semibold text-ink">{countOf(events - leftOut.events - hidden.events, 'event')}</b>
      </span>
      {leftOut.stacks > 0 && (
        <span>
          {countOf(leftOut.stacks, 'stack')} with {countOf(leftOut.events, 'event')} left out:{' '}
          <NavLink href={screenHref(screen, noLimits)} scroll={false} className={linkClass}>
            show
          </NavLink>
        </span>
      )}
      {hidden.events > 0 && (
        <span>
          {countOf(hidden.stacks, 'stack')} with {countOf(hidden.events, 'event')} hidden by{' '}
          {countOf(hidden.dispositions, 'disposition')}:{' '}
          <NavLink href={screenHref(screen, { dispositions: null })} scroll={false} className={linkClass}>
            show
          </NavLink>
        </span>
      )}
      <span>
        {countOf(events, 'event')} in all, on {countText(hosts)} of {countOf(reportingHosts, 'reporting host')}
      </span>
    </p>
  )
}
