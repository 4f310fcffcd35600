'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'

type Props = { href: string; children: ReactNode }

/** The link that hides what is decided, or shows it; `h` follows it. */
export function HideLink({ href, children }: Props) {
  const router = useRouter()
  useShortcut('h', () => router.push(href, { scroll: false }))
  return (
    <NavLink href={href} scroll={false} aria-keyshortcuts="h" className={linkClass}>
      {children}
    </NavLink>
  )
}
