'use client'
import { ChevronDown, Clock } from 'lucide-react'
import { useState } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import { Popover, PopoverPopup } from '#components/ui/popover.tsx'
import { SegmentLinks } from '#components/ui/segments.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { allTime, presets, rangeText } from './range-text.ts'
import { TypedRange } from './typed-range.tsx'

type Props = {
  screen: Screen
  /** What a URL without a range means. */
  resets?: string
  /** Whether a URL without a range means a shorter one, so that all time is a range of its own. */
  hasAllTime?: boolean
}

/** The time range of a screen: presets, what they are counted back from, or two times typed in. */
export function TimeRange({ screen, resets = 'All time', hasAllTime = false }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { params } = screen
  const close = () => setOpen(false)
  const reset = hasAllTime ? allTime : { from: null, to: null, last: null }
  const isReset = params.last === null && params.from === reset.from && params.to === null
  const text = isReset ? resets : rangeText(params)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClass('plain', 'min-w-0 shrink!')}>
        <Clock aria-hidden className="text-dim max-sm:hidden" />
        <span className="sr-only">Time range: </span>
        <span className="truncate">{text}</span>
        <ChevronDown aria-hidden className="text-dim max-sm:hidden" />
      </Popover.Trigger>
      <PopoverPopup title="Time range" align="end" className="w-80">
        <ul className="mb-3 grid grid-cols-2 gap-1">
          {presets.map(({ text: last, name, ms }) => (
            <li key={last}>
              <NavLink
                href={screenHref(screen, { from: null, to: null, last: { text: last, ms } })}
                onClick={close}
                aria-current={params.last?.text === last ? 'true' : undefined}
                className={buttonClass(
                  'quiet',
                  cx('w-full justify-start', params.last?.text === last && 'bg-accent-soft'),
                )}
              >
                {name}
              </NavLink>
            </li>
          ))}
          <li>
            <NavLink
              href={screenHref(screen, reset)}
              onClick={close}
              aria-current={isReset ? 'true' : undefined}
              className={buttonClass('quiet', cx('w-full justify-start', isReset && 'bg-accent-soft'))}
            >
              {resets}
            </NavLink>
          </li>
        </ul>
        <div className="mb-3 flex items-center justify-between gap-2 border-t border-line pt-3">
          <span className="text-dim">Counted back from</span>
          <SegmentLinks
            label="Anchor of the time range"
            segments={[
              { label: 'now', href: screenHref(screen, { anchor: 'now' }), current: params.anchor === 'now' },
              {
                label: 'newest event',
                href: screenHref(screen, { anchor: 'newest' }),
                current: params.anchor === 'newest',
              },
            ]}
          />
        </div>
        <TypedRange screen={screen} onDone={close} />
      </PopoverPopup>
    </Popover.Root>
  )
}
