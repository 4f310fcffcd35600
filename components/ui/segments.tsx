import type { ReactNode } from 'react'
import { cx } from './class.ts'
import { Hint } from './hint.tsx'
import { NavLink } from './nav-link.tsx'

const groupClass = 'inline-flex h-7 shrink-0 items-stretch rounded border border-line-strong p-px'
const segmentClass = (current: boolean): string =>
  cx(
    'flex min-w-6 shrink-0 items-center whitespace-nowrap gap-1.5 rounded-[4px] px-2 text-13 select-none max-sm:px-1.5 max-sm:text-12 [&_svg]:size-4',
    current ? 'bg-accent-soft font-medium text-ink' : 'text-dim hover:bg-hover hover:text-ink',
  )

export type Segment = {
  href: string
  label: ReactNode
  current: boolean
  /** What the choice means, for those who see it for the first time. */
  hint?: string
}

/** A choice of a few views of the same screen, each a link. */
export function SegmentLinks({ label, segments }: { label: string; segments: Segment[] }) {
  return (
    <nav aria-label={label} className={groupClass}>
      {segments.map((segment) => {
        const link = (
          <NavLink
            key={segment.href}
            href={segment.href}
            scroll={false}
            aria-current={segment.current ? 'true' : undefined}
            className={segmentClass(segment.current)}
          >
            {segment.label}
          </NavLink>
        )
        return segment.hint === undefined ? (
          link
        ) : (
          <Hint key={segment.href} text={segment.hint}>
            {link}
          </Hint>
        )
      })}
    </nav>
  )
}
