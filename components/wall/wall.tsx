'use client'
import { useRef } from 'react'
import { Announcer } from '#components/frame/announcer.tsx'
import { Keyboard } from '#components/frame/keyboard.tsx'
import { Problems } from '#components/frame/problems.tsx'
import type { WallData } from '#lib/model/rows.ts'
import type { Problem } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { BurnInShift } from './burn-in-shift.tsx'
import { useBar } from './use-bar.ts'
import { useBeat, useClock } from './use-clock.ts'
import { useFeed } from './use-feed.ts'
import { useWakeLock } from './use-wake-lock.ts'
import { WallBar } from './wall-bar.tsx'
import { WallEmpty } from './wall-empty.tsx'
import { WallEnded } from './wall-ended.tsx'
import { WallHead } from './wall-head.tsx'
import { WallNumerals } from './wall-numerals.tsx'
import { WallPanels } from './wall-panels.tsx'
import type { WallSettings } from './wall-settings.ts'
import { WallTicker } from './wall-ticker.tsx'
import './wall.css'

type Props = {
  initial: WallData
  settings: WallSettings
  screen: Screen
  problems: Problem[]
  /** Whether it is a screen with a display token: it leads nowhere else. */
  isUnattended: boolean
}

/** A screen for a room: everything sized by the display, and its controls out of sight until they are asked for. */
export function Wall({ initial, settings, screen, problems, isUnattended }: Props) {
  const feed = useFeed(initial, settings)
  const now = useClock(initial.at, feed.skew)
  const beat = useBeat(settings.dwell)
  const bar = useRef<HTMLElement>(null)
  const isBarShown = useBar(bar)
  useWakeLock()
  const { data } = feed
  return (
    <div className="wall" data-theme={settings.theme ?? undefined} data-bar={isBarShown}>
      <WallBar ref={bar} {...{ screen, settings, isUnattended }} isShown={isBarShown} />
      <main>
        <BurnInShift>
          {feed.link !== 'ended' && <WallHead feed={feed} now={now} settings={settings} />}
          <Problems problems={problems} />
          {feed.link === 'ended' ? (
            <WallEnded isUnattended={isUnattended} href={screenHref(screen)} />
          ) : data.newestEvent === null ? (
            <WallEmpty isUnattended={isUnattended} />
          ) : (
            <>
              <WallNumerals data={data} />
              <WallPanels {...{ data, beat, settings, screen }} />
              {settings.rotate.length === 0 && <WallTicker {...{ data, beat, settings }} />}
            </>
          )}
        </BurnInShift>
      </main>
      <Announcer />
      {!isUnattended && <Keyboard />}
    </div>
  )
}
