'use client'
import { NavLink } from '#components/ui/nav-link.tsx'
import { hostHref } from '#lib/params/hrefs.ts'
import { splitHost } from '#lib/text/host.ts'
import { visibleText } from '#lib/text/visible.ts'
import { useTableContext } from '../table-context.ts'
import { Logged } from './logged.tsx'

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

/** The name of a host on one line: its domain is dim and gives way before its first label does. Put it in a flex box. */
export function HostText({ host }: { host: string }) {
  const { name, domain } = splitHost(host)
  return (
    <>
      <span className="min-w-0 truncate">
        <Logged text={name} />
      </span>
      {domain !== '' && (
        <span className="min-w-[1ch] shrink-[1000000] truncate font-normal text-dim">
          <Logged text={domain} />
        </span>
      )}
    </>
  )
}
