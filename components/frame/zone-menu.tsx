'use client'
import { ChevronDown } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'

const never = () => () => {}
const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const noZone = () => null

/** The zone of every time on the screen: UTC, or the reader's own by its IANA name, so that a link says which it was. */
export function ZoneMenu({ screen }: { screen: Screen }) {
  const local = useSyncExternalStore(never, localZone, noZone)
  const { tz, page } = screen.params
  const zones = [...new Set(['UTC', ...(local === null ? [] : [local]), tz])]
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('quiet')}>
        <span className="sr-only">Time zone: </span>
        {tz}
        <ChevronDown aria-hidden className="text-dim max-sm:hidden" />
      </Menu.Trigger>
      <MenuPopup>
        {zones.map((zone) => (
          <MenuLink key={zone} href={screenHref(screen, { tz: zone, page })}>
            {zone}
            {zone === local && <span className="text-dim">local</span>}
            {zone === tz && <span className="ml-auto text-dim">shown</span>}
          </MenuLink>
        ))}
      </MenuPopup>
    </Menu.Root>
  )
}
