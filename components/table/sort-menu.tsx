'use client'
import { ArrowDownUp } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { sortColumns } from '#lib/params/columns.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'

/** The order of a table on a phone, where its head is not shown. */
export function SortMenu({ screen }: { screen: Screen }) {
  const first = screen.params.sort[0]
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('quiet', 'sm:hidden')}>
        <ArrowDownUp aria-hidden className="text-dim" />
        <span className="sr-only">Sort by: </span>
        {first?.column}
      </Menu.Trigger>
      <MenuPopup align="start">
        {sortColumns[screen.table].flatMap((column) =>
          [true, false].map((descending) => (
            <MenuLink key={`${column}${descending}`} href={screenHref(screen, { sort: [{ column, descending }] })}>
              {column}, {descending ? 'falling' : 'rising'}
            </MenuLink>
          )),
        )}
      </MenuPopup>
    </Menu.Root>
  )
}
