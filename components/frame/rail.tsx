'use client'
import { PanelLeft } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { placeHref } from '#lib/params/hrefs.ts'
import { isPlaceOf, type Place, places } from './places.ts'
import { saveSetting } from './save-setting.ts'
import type { Settings } from './settings.ts'

// A narrow window gives its width to the table until the reader says otherwise.
const wide = '(width >= 1600px)'
const widths = { open: 'w-40', folded: 'w-12', auto: 'w-12 min-[1600px]:w-40' }
const words = { open: '', folded: 'sr-only', auto: 'max-[1599px]:sr-only' }

function watchWide(hear: () => void): () => void {
  const query = window.matchMedia(wide)
  query.addEventListener('change', hear)
  return () => query.removeEventListener('change', hear)
}

/** The way to every screen, at the left edge; folded, it shows icons only. On a phone `RailMenu` takes its place. */
export function Rail({ rail }: { rail: Settings['rail'] }) {
  const [fold, setFold] = useState(rail)
  const isWide = useSyncExternalStore(
    watchWide,
    () => window.matchMedia(wide).matches,
    () => true,
  )
  const isFolded = fold === 'folded' || (fold === 'auto' && !isWide)
  const turn = () => {
    const next = isFolded ? 'open' : 'folded'
    saveSetting('rail', next)
    setFold(next)
  }
  return (
    <nav
      aria-label="Screens"
      className={cx('hidden shrink-0 flex-col border-r border-line bg-sunken sm:flex', widths[fold])}
    >
      <div className="flex h-12 items-center gap-2 px-2">
        <Hint text={isFolded ? 'Unfold the rail' : 'Fold the rail'}>
          <button
            type="button"
            onClick={turn}
            aria-expanded={!isFolded}
            aria-label="Names in the rail"
            className="flex size-8 shrink-0 items-center justify-center rounded hover:bg-hover"
          >
            <PanelLeft aria-hidden className="size-4 text-dim" />
          </button>
        </Hint>
        <span className={cx('text-13 font-semibold whitespace-nowrap', words[fold])}>ASR Hunt</span>
      </div>
      <ul className="flex flex-1 flex-col gap-0.5 overflow-x-hidden overflow-y-auto px-2 pb-2">
        {places.map((place) => (
          <li key={place.href} className="relative last:mt-auto">
            <RailLink place={place} fold={fold} isFolded={isFolded} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

type LinkProps = { place: Place; fold: Settings['rail']; isFolded: boolean }

function RailLink({ place, fold, isFolded }: LinkProps) {
  const path = usePathname()
  const isCurrent = isPlaceOf(place, path)
  const href = placeHref(place, useSearchParams())
  const Icon = place.icon
  const link = (
    <NavLink
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded px-2 text-13',
        isCurrent ? 'bg-accent-soft font-semibold text-ink' : 'text-dim hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden className={cx('size-4 shrink-0', isCurrent && 'text-accent')} />
      <span className={words[fold]}>{place.name}</span>
    </NavLink>
  )
  return isFolded ? <Hint text={`${place.name} (g ${place.key})`}>{link}</Hint> : link
}
