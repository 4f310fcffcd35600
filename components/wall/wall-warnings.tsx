import { CirclePause, Eraser, type LucideIcon, MoonStar, PowerOff, ShieldAlert } from 'lucide-react'
import { withoutUser } from '#lib/text/redact.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { HostName } from './host-name.tsx'
import type { Warning, WarningKind } from './newest-warnings.ts'
import { Nothing } from './panel.tsx'

const icons: Record<WarningKind, [LucideIcon, name: string]> = {
  disabled: [PowerOff, 'Rule disabled'],
  weakened: [ShieldAlert, 'Protection weakened'],
  cleared: [Eraser, 'Log cleared'],
  stopped: [CirclePause, 'Host without new records'],
  silence: [MoonStar, 'Silence within a log'],
}

/** What lowered protection and where records are missing, newest first: when, where and what. */
export function WallWarnings({ rows, tz, redact }: { rows: Warning[]; tz: string; redact: boolean }) {
  if (rows.length === 0)
    return <Nothing>No rule disabled, no protection weakened, no log cleared, no host without records</Nothing>
  return (
    <ol className="wall-rows wall-warnings">
      {rows.map(({ kind, time, dest, words }) => {
        const [Icon, name] = icons[kind]
        return (
          <li key={`${kind} ${time} ${dest} ${words}`}>
            <span className="wall-figure wall-dim">{timeText(time, tz).slice(5, 16)}</span>
            <Icon aria-label={name} role="img" className="wall-kind" />
            <HostName dest={dest} />
            <span className="wall-cut wall-change">{visibleText(redact ? withoutUser(words) : words)}</span>
          </li>
        )
      })}
    </ol>
  )
}
