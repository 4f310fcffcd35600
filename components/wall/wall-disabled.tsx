import type { WallData } from '#lib/model/rows.ts'
import { timeText } from '#lib/text/time.ts'
import { HostName } from './host-name.tsx'
import { Nothing } from './panel.tsx'

type Props = { rows: WallData['disabledRules']; shorts: Record<string, string>; tz: string }

/** Rules that were switched off, newest first: when, where, which, and from what to what. */
export function WallDisabled({ rows, shorts, tz }: Props) {
  if (rows.length === 0) return <Nothing>No rule was ever disabled</Nothing>
  return (
    <ol className="wall-rows wall-disabled">
      {rows.map(({ time, dest, ASR_Rule, from, to }) => (
        <li key={`${time} ${dest} ${ASR_Rule} ${from} ${to}`}>
          <span className="wall-figure wall-dim">{timeText(time, tz).slice(5, 16)}</span>
          <HostName dest={dest} />
          <span className="wall-cut">{ASR_Rule === 'NULL' ? 'Unknown rule' : (shorts[ASR_Rule] ?? ASR_Rule)}</span>
          <span className="wall-change">
            {from === 'NULL' ? 'not set' : from} → {to === 'NULL' ? 'removed' : to}
          </span>
        </li>
      ))}
    </ol>
  )
}
