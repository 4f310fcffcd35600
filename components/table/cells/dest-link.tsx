'use client'
import { NavLink } from '#components/ui/nav-link.tsx'
import { hostHref } from '#lib/params/hrefs.ts'
import { useTableContext } from '../table-context.ts'
import { Logged } from './logged.tsx'

/** A host by name, leading to its drilldown for the time range of the table. */
export function DestLink({ dest }: { dest: string }) {
  const { window, screen, detection } = useTableContext()
  return (
    <NavLink
      href={hostHref(dest, window, screen.params.tz, detection)}
      className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent hover:underline"
    >
      <Logged text={dest} />
    </NavLink>
  )
}
