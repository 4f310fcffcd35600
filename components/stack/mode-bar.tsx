import { useId } from 'react'
import { MarkPatterns, markFill } from '#components/chart/patterns.tsx'
import { meaningIcons, meaningInk, meaningNames, meaningShort } from '#components/table/modes.ts'
import { cx } from '#components/ui/class.ts'
import type { Mode } from '#lib/asr/codes.ts'
import type { StackRow } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'

type Counts = Pick<StackRow, 'blocked' | 'audited' | 'overridden' | 'changed'>

/** The events of a stack by mode, without the modes that it has none of. */
export const modesOf = ({ blocked, audited, overridden, changed }: Counts): { mode: Mode; events: number }[] =>
  [
    { mode: 'block' as const, events: blocked },
    { mode: 'audit' as const, events: audited },
    { mode: 'override' as const, events: overridden },
    { mode: 'configuration' as const, events: changed },
  ].filter(({ events }) => events > 0)

/** The events of a stack by mode in words: `Block 3, Audit 40`. */
export const modeWords = (counts: Counts): string =>
  modesOf(counts)
    .map(({ mode, events }) => `${meaningNames[mode]} ${countText(events)}`)
    .join(', ')

/** The events of a stack by mode: an icon and a count each, and a bar split by pattern and hue if there are several. */
export function ModeBar({ counts }: { counts: Counts }) {
  const prefix = useId()
  const modes = modesOf(counts)
  const all = modes.reduce((sum, { events }) => sum + events, 0)
  let at = 0
  return (
    <span className="relative flex h-5 gap-2 text-12 leading-4">
      {modes.map(({ mode, events }) => {
        const Icon = meaningIcons[mode]
        return (
          <span key={mode} className={cx('flex items-center gap-0.5', meaningInk[mode])}>
            <Icon aria-hidden className="size-3.5 shrink-0" />
            <span className={modes.length > 1 ? 'sr-only' : undefined}>{meaningShort[mode]} </span>
            <span className="figures">{countText(events)}</span>
          </span>
        )
      })}
      {modes.length > 1 && (
        <svg aria-hidden width="100%" height={4} className="absolute inset-x-0 bottom-0 block overflow-hidden">
          <MarkPatterns prefix={prefix} modes={modes.map(({ mode }) => mode)} />
          {modes.map(({ mode, events }) => {
            const x = at
            const width = (events / all) * 100
            at += width
            return <rect key={mode} x={`${x}%`} width={`${width}%`} height={4} fill={markFill(prefix, mode)} />
          })}
        </svg>
      )}
    </span>
  )
}
