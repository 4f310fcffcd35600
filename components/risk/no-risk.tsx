import { Database, History, TrendingUp } from 'lucide-react'
import { State } from '#components/frame/state.tsx'
import { FoundAnywhere } from '#components/table/found-anywhere.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { riskDetections } from '#lib/asr/detections.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import type { Anywhere } from '#lib/query/older.ts'
import type { Window } from '#lib/query/question.ts'
import { relativeText, timeText } from '#lib/text/time.ts'

type Props = {
  screen: Screen
  window: Window
  /** Whether there would be risk if the range ended at the newest event. */
  isOld: boolean
  /** Filters that would find hosts if they were searched for anywhere in their fields. */
  anywhere: Anywhere[]
}

/** Why there is no risk to rank, and the one next step: no data, old data, or a filter or range without any. */
export function NoRisk({ screen, window: { now, newest }, isOld, anywhere }: Props) {
  const { tz, filters, q } = screen.params
  if (newest === null) {
    return (
      <State icon={<Database aria-hidden />} title="There is no event yet">
        <p>Risk is derived from events alone. Upload a log, and the hosts in it are ranked here.</p>
        <NavLink href={tablePath('uploads')} className={buttonClass('primary')}>
          Upload a log
        </NavLink>
      </State>
    )
  }
  if (isOld) {
    return (
      <State icon={<History aria-hidden />} title="The data is old">
        <p>
          The newest event is of <span className="figures">{timeText(newest, tz)}</span> {tz},{' '}
          {relativeText(newest, now)}, so there are none in the 7 days to now.
        </p>
        <NavLink
          href={screenHref(screen, { anchor: 'newest', from: null, to: null, last: null })}
          className={buttonClass('primary')}
        >
          Look at the 7 days to the newest event
        </NavLink>
      </State>
    )
  }
  const isFiltered = Object.keys(filters).length > 0 || q !== null
  return (
    <State icon={<TrendingUp aria-hidden />} title="No host raised risk in this time range">
      <p>
        Only these detections raise risk, for each result row and hour:{' '}
        {riskDetections.map(({ title, riskScore }) => `${title} ${riskScore}`).join(', ')}.
      </p>
      <FoundAnywhere screen={screen} anywhere={anywhere} noun="risk object" />
      {isFiltered && (
        <NavLink href={screenHref(screen, { filters: {}, q: null })} className={linkClass}>
          Drop the filter
        </NavLink>
      )}
    </State>
  )
}
