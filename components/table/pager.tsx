'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { iconButtonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { pageLength, pagesOf } from '#lib/params/page.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countText } from '#lib/text/number.ts'

const lengths = [50, pageLength, 200, 500]

type Props = {
  screen: Screen
  total: number
  noun: string
  /** Rows that a page can have at most, if that is fewer than can be chosen elsewhere. */
  longest?: number
}

/** The foot of a table: which rows these are of how many, the way to the others, and how many a page has. */
export function Pager({ screen, total, noun, longest = Number.POSITIVE_INFINITY }: Props) {
  const router = useRouter()
  const { page, limit } = screen.params
  const length = limit ?? pageLength
  const pages = pagesOf(total, { limit })
  const last = Math.min(page * length, total)
  const pageHref = (to: number) => (to < 1 || to > pages ? null : screenHref(screen, { page: to }))
  const [next, previous] = [pageHref(page + 1), pageHref(page - 1)]
  useShortcut('n', () => next !== null && router.push(next, { scroll: false }))
  useShortcut('p', () => previous !== null && router.push(previous, { scroll: false }))
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 text-12 text-dim"
    >
      <span className="figures" aria-live="polite">
        {countText((page - 1) * length + 1)}–{countText(last)} of {countText(total)} {noun}
      </span>
      <span className="ml-auto flex items-center gap-1">
        Rows
        {lengths
          .filter((rows) => rows <= longest)
          .map((rows) => (
            <NavLink
              key={rows}
              href={screenHref(screen, { limit: rows === pageLength ? null : rows })}
              aria-current={rows === length ? 'true' : undefined}
              aria-label={`${rows} rows a page`}
              className={cx(
                'figures flex h-6 min-w-6 items-center justify-center rounded-sm px-1 hover:bg-hover',
                rows === length && 'bg-accent-soft text-ink',
              )}
            >
              {rows}
            </NavLink>
          ))}
      </span>
      <span className="flex items-center gap-1">
        <PageStep href={previous} label="Previous page" shortcut="p" icon={<ChevronLeft aria-hidden />} />
        <span className="figures">
          {countText(page)} / {countText(pages)}
        </span>
        <PageStep href={next} label="Next page" shortcut="n" icon={<ChevronRight aria-hidden />} />
      </span>
    </nav>
  )
}

type StepProps = { href: string | null; label: string; shortcut: string; icon: ReactNode }

function PageStep({ href, label, shortcut, icon }: StepProps) {
  if (href === null) return <span className={iconButtonClass('opacity-40')}>{icon}</span>
  return (
    <Hint text={`${label} (${shortcut})`}>
      <NavLink href={href} scroll={false} aria-label={label} aria-keyshortcuts={shortcut} className={iconButtonClass()}>
        {icon}
      </NavLink>
    </Hint>
  )
}
