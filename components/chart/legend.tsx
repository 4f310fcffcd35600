import { useId } from 'react'
import { meaningIcons, meaningInk, meaningNames } from '#components/table/modes.ts'
import { cx } from '#components/ui/class.ts'
import type { Mode } from '#lib/asr/codes.ts'
import { countText } from '#lib/text/number.ts'
import { Swatch } from './patterns.tsx'
import { series } from './series.ts'

/** What the marks of a chart mean, by pattern, icon and word, and how many events each represents. */
export function Legend({ sums }: { sums: Record<Mode, number> }) {
  const prefix = useId()
  return (
    <ul aria-label="Legend" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12">
      {series.map((mode) => {
        const Icon = meaningIcons[mode]
        return (
          <li key={mode} className={cx('flex items-center gap-1.5', sums[mode] === 0 && 'text-dim')}>
            <Swatch mode={mode} prefix={prefix} />
            <Icon aria-hidden className={cx('size-3.5', meaningInk[mode])} />
            {meaningNames[mode]}
            <span className="figures text-dim">{countText(sums[mode])}</span>
          </li>
        )
      })}
    </ul>
  )
}
