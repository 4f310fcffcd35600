'use client'
import { Problems } from '#components/frame/problems.tsx'
import type { WallData } from '#lib/model/rows.ts'
import type { Problem } from '#lib/params/params.ts'
import { BurnInShift } from './burn-in-shift.tsx'
import { useBeat, useClock } from './use-clock.ts'
import { useFeed } from './use-feed.ts'
import { useWakeLock } from './use-wake-lock.ts'
import { WallHead } from './wall-head.tsx'
import { WallNumerals } from './wall-numerals.tsx'
import { WallPanels } from './wall-panels.tsx'
import type { WallSettings } from './wall-settings.ts'
import { WallTicker } from './wall-ticker.tsx'
import './wall.css'

type Props = {
  initial: WallData
  /** Short forms of rules by their names. */
  shorts: Record<string, string>
  settings: WallSettings
  problems: Problem[]
}

/** A screen for a room: nothing to press, nothing to hover, everything sized by the display. */
export function Wall({ initial, shorts, settings, problems }: Props) {
  const feed = useFeed(initial, settings.anchor)
  const now = useClock(initial.at, feed.skew)
  const beat = useBeat(settings.dwell)
  useWakeLock()
  return (
    <main className="wall" data-theme={settings.theme ?? undefined}>
      <BurnInShift>
        <WallHead feed={feed} now={now} settings={settings} />
        <Problems problems={problems} />
        <WallNumerals data={feed.data} />
        <WallPanels data={feed.data} shorts={shorts} beat={beat} settings={settings} />
        {settings.rotate.length === 0 && (
          <WallTicker data={feed.data} shorts={shorts} beat={beat} settings={settings} />
        )}
      </BurnInShift>
    </main>
  )
}
