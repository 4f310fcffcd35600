import { FunnelX, History, Inbox } from 'lucide-react'
import { rangeText } from '#components/frame/range-text.ts'
import { State } from '#components/frame/state.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { tablePath } from '#lib/params/hrefs.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import type { WhyNone } from '#lib/query/older.ts'
import type { Window } from '#lib/query/question.ts'
import { countText } from '#lib/text/number.ts'
import { relativeText, timeText } from '#lib/text/time.ts'
import { type Chip, FilterChips } from './filter-chips.tsx'
import { FoundAnywhere } from './found-anywhere.tsx'

export const exportCommand = 'wevtutil qe "Microsoft-Windows-Windows Defender/Operational" /f:xml > defender.xml'

/** No event is stored at all: how to bring some. */
export function NoEventsYet() {
  return (
    <State icon={<Inbox aria-hidden />} title="No logs have been read yet">
      <p>Drop Defender Operational logs on the upload page, or load the sample fleet there to look around.</p>
      <NavLink href={tablePath('uploads')} className={buttonClass('primary')}>
        Upload a log
      </NavLink>
      <p className="text-dim">On a Windows machine, this writes its log to a file:</p>
      <div className="flex w-full items-start gap-1 rounded border border-line bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 py-1 text-12 wrap-anywhere">{exportCommand}</code>
        <CopyButton text={exportCommand} name="the command" />
      </div>
    </State>
  )
}

type Props = {
  screen: Screen
  window: Window
  chips: Chip[]
  why: WhyNone
  /** Events that complete mode would show, if faithful mode shows none. */
  dropped?: number
  noun: string
}

/** No row is left: which of time range, anchor and filters leaves none, and a way to change each. */
export function NoRows({ screen, window, chips, why, dropped = 0, noun }: Props) {
  const { params } = screen
  const hasRange = params.from !== null || params.to !== null || params.last !== null
  if (why.lacksStack) {
    return (
      <State icon={<FunnelX aria-hidden />} title="No such stack is stored">
        <p>No stored event belongs to the stack that this link names. The upload it came from may have been undone.</p>
        <NavLink href={screenHref(screen, { stack: null })} className={buttonClass('primary')}>
          Show all {noun}
        </NavLink>
      </State>
    )
  }
  if (dropped > 0) {
    return (
      <State icon={<FunnelX aria-hidden />} title="Splunk would show nothing here">
        <p>
          {dropped === 1
            ? 'Its grouping drops the one event of this view, since a field it groups by is missing.'
            : `Its grouping drops all ${countText(dropped)} events of this view, since a field it groups by is missing in each.`}
        </p>
        <NavLink href={screenHref(screen, { mode: 'complete' })} className={buttonClass('primary')}>
          Show {dropped === 1 ? 'it' : 'them'} in complete mode
        </NavLink>
      </State>
    )
  }
  if (why.ifAnchored > 0 && window.newest !== null) {
    return (
      <State icon={<History aria-hidden />} title="The data is older than this time range">
        <p>
          There are no {noun} in the range shown: {rangeText(params)}. The newest event is from{' '}
          <span className="figures">{timeText(window.newest, params.tz)}</span> {params.tz},{' '}
          {relativeText(window.newest, window.now)}.
        </p>
        <NavLink href={screenHref(screen, { anchor: 'newest' })} className={buttonClass('primary')}>
          Count back from the newest event
        </NavLink>
      </State>
    )
  }
  if (chips.length === 0 && !hasRange) {
    return (
      <State icon={<Inbox aria-hidden />} title={`No ${noun} in the logs read so far`}>
        <p>None of the events stored belong here. Other screens may have some.</p>
        <NavLink href={tablePath('stacking')} className={buttonClass('plain')}>
          All ASR events, stacked
        </NavLink>
      </State>
    )
  }
  return (
    <State icon={<FunnelX aria-hidden />} title={`No ${noun} match`}>
      <FoundAnywhere screen={screen} anywhere={why.anywhere} noun={noun.slice(0, -1)} />
      {chips.length > 0 && (
        <>
          <p>No results with these filters. Remove one:</p>
          <FilterChips screen={screen} chips={chips} />
        </>
      )}
      {hasRange && (
        <p>
          The time range is: {rangeText(params)} ({params.tz}).
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {chips.length > 1 && (
          <NavLink
            href={screenHref(screen, { filters: {}, stackFilters: {}, q: null, stack: null })}
            className={buttonClass(why.anywhere.length > 0 ? 'plain' : 'primary')}
          >
            Drop all filters
          </NavLink>
        )}
        {hasRange && (
          <NavLink href={screenHref(screen, { from: null, to: null, last: null })} className={buttonClass('plain')}>
            Show all time
          </NavLink>
        )}
      </div>
    </State>
  )
}
