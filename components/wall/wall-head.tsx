'use client'
import { CircleAlert, CircleCheck, OctagonAlert } from 'lucide-react'
import { timeText } from '#lib/text/time.ts'
import { type Age, connectionAge, dataAge } from './freshness.ts'
import type { Feed } from './use-feed.ts'
import type { WallSettings } from './wall-settings.ts'

const icons = { fine: CircleCheck, amber: CircleAlert, red: OctagonAlert }

/** The top line: what the wall shows, how fresh it is in two respects, and the clock. */
export function WallHead({ feed, now, settings: { anchor, tz } }: { feed: Feed; now: number; settings: WallSettings }) {
  const clock = timeText(now, tz)
  const end = feed.data.newestEvent
  return (
    <header className="wall-head">
      <h1>
        ASR Hunt
        <span className="wall-dim">
          {anchor === 'newest' && end !== null ? `24 hours to ${timeText(end, tz).slice(0, 16)}` : 'last 24 hours'}
        </span>
      </h1>
      <div role="status" aria-label="Freshness" className="wall-ages">
        <AgeLine name="Connection" age={connectionAge(feed, now, tz)} />
        <AgeLine name="Data" age={dataAge(feed, now, anchor)} />
        <noscript>Turn JavaScript on: without it these figures stay as they are.</noscript>
      </div>
      <p className="wall-clock">
        {clock.slice(11)}
        <span className="wall-dim">
          {clock.slice(0, 10)} {tz}
        </span>
      </p>
    </header>
  )
}

function AgeLine({ name, age: { alarm, words } }: { name: string; age: Age }) {
  const Icon = icons[alarm]
  return (
    <p data-alarm={alarm}>
      <Icon aria-hidden />
      <span className="wall-dim">{name}</span> {words}
    </p>
  )
}
