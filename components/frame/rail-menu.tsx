'use client'
import { Menu as MenuIcon } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { iconButtonClass } from '#components/ui/button.tsx'
import { Menu, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { placeHref } from '#lib/params/hrefs.ts'
import { places } from './places.ts'
import { useOwnPlaces } from './user.tsx'

/** The rail on a phone: a menu in the bar. */
export function RailMenu() {
  const search = useSearchParams()
  const own = useOwnPlaces()
  return (
    <Menu.Root>
      <Menu.Trigger aria-label="Screens" className={iconButtonClass('sm:hidden')}>
        <MenuIcon aria-hidden />
      </Menu.Trigger>
      <MenuPopup align="start">
        {[...places, ...own].map((place) => {
          const Icon = place.icon
          return (
            <MenuLink key={place.href} href={placeHref(place, search)}>
              <Icon aria-hidden />
              {place.name}
            </MenuLink>
          )
        })}
      </MenuPopup>
    </Menu.Root>
  )
}
