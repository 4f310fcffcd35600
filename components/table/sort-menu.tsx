'use client'
import { ArrowDownUp } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { Screen } from '#lib/params/screen.ts'

const load = async () => (await import('./sort-menu-items.tsx')).SortMenuItems

/** The order of a table on a phone, where its head is not shown, and on touch screens, which have no Shift. */
export function SortMenu({ screen }: { screen: Screen }) {
  const { sort } = screen.params
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('quiet', 'sm:not-pointer-coarse:hidden')}>
        <ArrowDownUp aria-hidden className="text-dim" />
        <span className="sr-only">Sort by: </span>
        {sort[0]?.column}
        {sort.length > 1 && ` + ${sort.length - 1}`}
      </Menu.Trigger>
      <OnDemand load={load} given={{ screen }} />
    </Menu.Root>
  )
}
