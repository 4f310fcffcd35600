'use client'
import { X } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { iconButtonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'

type Props = { title: string; children: ReactNode }

/**
 * A panel on the right of the page, open while the URL has `about`. It takes the focus when it opens and gives it back when it
 * closes; Esc closes it, and nothing else that is open.
 */
export function AboutPanel({ title, children }: Props) {
  const path = usePathname()
  const search = new URLSearchParams(useSearchParams())
  search.delete('about')
  const closeHref = search.size === 0 ? path : `${path}?${search}`
  const panel = useRef<HTMLElement>(null)
  const router = useRouter()
  useShortcut('Escape', () => router.push(closeHref, { scroll: false }))
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus()
    }
  }, [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby="about-title"
      className="fixed inset-0 z-40 flex flex-col border-line bg-raised text-13 shadow-float outline-none sm:top-12 sm:left-auto sm:w-140 sm:border-t"
    >
      <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 id="about-title" className="text-15 font-semibold">
          {title}
        </h2>
        <NavLink href={closeHref} scroll={false} aria-label="Close" className={iconButtonClass()}>
          <X aria-hidden />
        </NavLink>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6">{children}</div>
    </aside>
  )
}
