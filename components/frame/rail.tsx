'use client'
import { PanelLeft } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { placeHref } from '#lib/params/hrefs.ts'
import { isPlaceOf, type Place, places } from './places.ts'
import { saveSetting } from './save-setting.ts'
import type { Settings } from './settings.ts'
import { useOwnPlaces, useUser } from './user.tsx'

/**
 * Links to all screens, at the left edge, each with its name under the icon; folded, it shows icons only. Names under icons leave more
 * width to tables than names next to them. On a phone `RailMenu` takes its place.
 */
export function Rail({ rail }: { rail: Settings['rail'] }) {
  const [fold, setFold] = useState(rail)
  const user = useUser()
  const own = useOwnPlaces()
  const isFolded = fold === 'folded'
  const turn = () => {
    const next = isFolded ? 'open' : 'folded'
    saveSetting('rail', next)
    setFold(next)
  }
  return (
    <nav
      aria-label="Screens"
      className={cx('hidden shrink-0 flex-col border-r border-line bg-sunken sm:flex', isFolded ? 'w-12' : 'w-22')}
    >
      <p className={isFolded ? 'sr-only' : 'grid h-12 place-items-center text-13 font-semibold whitespace-nowrap'}>
        ASR Hunt
      </p>
      <ul
        className={cx('flex flex-1 flex-col gap-0.5 overflow-x-hidden overflow-y-auto px-1 pb-2', isFolded && 'pt-2')}
      >
        {places.map((place) => (
          <li key={place.href} className="relative last:mt-auto">
            <RailLink place={place} isFolded={isFolded} />
          </li>
        ))}
      </ul>
      {own.length > 0 && (
        <ul className="flex flex-col gap-0.5 border-t border-line px-1 py-1" title={user?.name}>
          {own.map((place) => (
            <li key={place.href}>
              <RailLink place={place} isFolded={isFolded} />
            </li>
          ))}
        </ul>
      )}
      <div className="flex justify-center border-t border-line py-1.5">
        <Hint text={isFolded ? 'Expand sidebar' : 'Collapse sidebar'}>
          <button
            type="button"
            onClick={turn}
            aria-expanded={!isFolded}
            aria-label="Names in the sidebar"
            className="flex size-8 shrink-0 items-center justify-center rounded hover:bg-hover"
          >
            <PanelLeft aria-hidden className="size-4 text-dim" />
          </button>
        </Hint>
      </div>
    </nav>
  )
}

function RailLink({ place, isFolded }: { place: Place; isFolded: boolean }) {
  const path = usePathname()
  const isCurrent = isPlaceOf(place, path)
  const href = placeHref(place, useSearchParams())
  const Icon = place.icon
  const link = (
    <NavLink
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'flex flex-col items-center justify-center gap-0.5 rounded text-12 leading-4',
        isFolded ? 'h-8' : 'py-1.5',
        isCurrent ? 'bg-accent-soft font-semibold text-ink' : 'text-dim hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden className={cx('size-4 shrink-0', isCurrent && 'text-accent')} />
      <span className={isFolded ? 'sr-only' : undefined}>{place.name}</span>
    </NavLink>
  )
  return isFolded ? <Hint text={`${place.name} (g ${place.key})`}>{link}</Hint> : link
}
