import type { ReactNode } from 'react'
import { cx } from '#components/ui/class.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import type { Window } from '#lib/query/question.ts'
import { CopyLink } from './copy-link.tsx'
import { Help } from './help.tsx'
import { ModeSwitch } from './mode-switch.tsx'
import { RailMenu } from './rail-menu.tsx'
import { SearchBox } from './search-box.tsx'
import { readSettings } from './settings.ts'
import { ThemeMenu } from './theme-menu.tsx'
import { TimeRange } from './time-range.tsx'
import { ZoneMenu } from './zone-menu.tsx'

type Props = {
  title: ReactNode
  screen: Screen
  /** The screen's time range in absolute times, for "Copy link". */
  window?: Window
  /** What the screen's URL governs besides its zone. On a phone the search is in the line of filters. */
  has?: { time?: boolean; mode?: boolean; search?: boolean }
  /** What the time range is called if the URL names none. */
  unranged?: string
  /** Whether all time is a range to choose, since a URL without a range means a shorter one. */
  hasAllTime?: boolean
  children?: ReactNode
}

/** The one bar of a screen, 48 pixels high: its title, and every switch that its URL has. */
export async function Bar({ title, screen, window, has = {}, unranged, hasAllTime, children }: Props) {
  const { theme, keys } = await readSettings()
  const { from, to, page } = screen.params
  const pin =
    window === undefined ? { page } : { page, last: null, anchor: 'now' as const, from: window.from, to: window.to }
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5 sm:px-4">
      <RailMenu />
      <h1 className="mr-auto min-w-0 truncate text-15 font-semibold max-sm:flex-1 sm:text-20">{title}</h1>
      <div
        className={cx(
          'flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 max-sm:order-1 max-sm:w-full max-sm:gap-x-1',
          has.mode && 'min-[390px]:max-sm:flex-nowrap',
        )}
      >
        {children}
        {has.time && <TimeRange screen={screen} resets={unranged} hasAllTime={hasAllTime} />}
        {has.mode && <ModeSwitch screen={screen} />}
        <ZoneMenu screen={screen} />
        {has.search && <SearchBox screen={screen} className="max-sm:hidden" />}
      </div>
      <div className="flex">
        <CopyLink pinned={screenHref(screen, screen.params.last === null && (from ?? to) === null ? { page } : pin)} />
        <ThemeMenu theme={theme} />
        <Help keys={keys} />
      </div>
    </header>
  )
}
