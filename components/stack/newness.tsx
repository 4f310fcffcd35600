'use client'
import { CalendarClock, ChevronDown, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { buttonClass, iconButtonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { Popover, PopoverPopup } from '#components/ui/popover.tsx'
import { SegmentLinks } from '#components/ui/segments.tsx'
import { newnesses } from '#lib/hunting/definition.ts'
import type { Since } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { newnessWords } from './words.ts'

// It is loaded when it is opened.
const SinceForm = dynamic(() => import('./since-form.tsx').then((loaded) => loaded.SinceForm), { ssr: false })

/** An upload that newness can be counted from the start of. */
export type OfferedUpload = { id: string; name: string; createdAt: number }

type Props = { screen: Screen; since: number | null; uploads: readonly OfferedUpload[] }

/** What separates before and since, and which stacks of that are shown. */
export function NewnessChoice({ screen, since, uploads }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { params } = screen
  const asked = params.since
  const text = asked === null ? 'New since…' : sinceWords(asked, since, uploads, params.tz)
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Popover.Root open={isOpen} onOpenChange={setOpen}>
        <Popover.Trigger
          className={buttonClass('quiet', cx('h-6 max-w-72 text-12', asked !== null && 'bg-accent-soft'))}
        >
          <CalendarClock aria-hidden className="text-dim" />
          <span className="truncate">{text}</span>
          <ChevronDown aria-hidden className="text-dim" />
        </Popover.Trigger>
        <PopoverPopup title="New since" className="w-96">
          <SinceForm screen={screen} since={since} uploads={uploads} onDone={() => setOpen(false)} />
        </PopoverPopup>
      </Popover.Root>
      {asked !== null && (
        <>
          <Hint text="Do not compare">
            <NavLink
              href={screenHref(screen, { since: null, seen: null, minRatio: null })}
              scroll={false}
              aria-label="Do not compare with before"
              className={iconButtonClass('h-6 w-6 [&_svg]:size-3.5')}
            >
              <X aria-hidden />
            </NavLink>
          </Hint>
          <SegmentLinks
            label="Stacks by newness"
            segments={[
              { label: 'All', href: screenHref(screen, { seen: null }), current: params.seen === null },
              ...newnesses.map((seen) => ({
                label: newnessWords[seen].name,
                href: screenHref(screen, { seen }),
                current: params.seen === seen,
                hint: newnessWords[seen].meaning,
              })),
            ]}
          />
        </>
      )}
    </div>
  )
}

function sinceWords(asked: Since, since: number | null, uploads: readonly OfferedUpload[], tz: string): string {
  if ('time' in asked) return `New since ${timeText(asked.time, tz).slice(0, 16)}`
  const name = uploads.find(({ id }) => id === asked.upload)?.name ?? asked.upload
  return since === null ? `New since upload ${visibleText(name)}: unknown` : `New since upload ${visibleText(name)}`
}
