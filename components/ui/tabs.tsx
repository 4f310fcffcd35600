import type { ReactNode } from 'react'
import { cx } from './class.ts'
import { NavLink } from './nav-link.tsx'

export type TabLink = { href: string; label: ReactNode; current: boolean }

/** Tabs that are links: which one is open is in the URL. If there is no room for all, they are scrolled, or with `wraps` in several lines. */
export function TabLinks({ label, tabs, wraps = false }: { label: string; tabs: TabLink[]; wraps?: boolean }) {
  return (
    <nav
      aria-label={label}
      className={cx('flex gap-x-1 border-b border-line px-4', wraps ? 'flex-wrap' : 'overflow-x-auto')}
    >
      {tabs.map((tab) => (
        <NavLink
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.current ? 'page' : undefined}
          className={cx(
            '-mb-px flex h-9 shrink-0 items-center gap-2 border-b-2 px-2 text-13',
            tab.current ? 'border-accent font-semibold' : 'border-transparent text-dim hover:text-ink',
          )}
        >
          {tab.label}
        </NavLink>
      ))}
    </nav>
  )
}
