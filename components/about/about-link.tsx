import { Info } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'

/** Opens the description of a detection next to its table, or closes it. */
export function AboutLink({ screen }: { screen: Screen }) {
  const isOpen = screen.own.about !== undefined
  return (
    <NavLink
      href={screenHref(screen, {}, { about: isOpen ? null : 'detection' })}
      className={buttonClass('quiet')}
      aria-expanded={isOpen}
      scroll={false}
    >
      <Info aria-hidden />
      <span className="max-sm:sr-only">About</span>
    </NavLink>
  )
}
