'use client'
import { NavLink } from '#components/ui/nav-link.tsx'
import { hostHref } from '#lib/params/hrefs.ts'
import { visibleText } from '#lib/text/visible.ts'
import { useTableContext } from '../table-context.ts'
import { HostText } from './host-text.tsx'

/** A host by name, leading to its drilldown for the time range of the table. */
export function DestLink({ dest }: { dest: string }) {
  const { window, screen, detection } = useTableContext()
  return (
    <NavLink
      href={hostHref(dest, window, screen.params.tz, detection)}
      aria-label={visibleText(dest)}
      className="flex w-fit max-w-full rounded-sm font-medium hover:text-accent hover:underline"
    >
      <HostText host={dest} />
    </NavLink>
  )
}
