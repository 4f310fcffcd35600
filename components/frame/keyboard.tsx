'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { placeHref } from '#lib/params/hrefs.ts'
import { furtherKeys, places } from './places.ts'
import { listen, useShortcut } from './shortcuts.ts'
import { useOwnPlaces } from './user.tsx'

/** Listens for single keys on every screen, and for `g` with the letter of a screen. */
export function Keyboard() {
  const path = usePathname()
  const own = useOwnPlaces()
  // Keys that were meant for one screen are not for the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each screen.
  useEffect(listen, [path])
  return [...places, ...own, ...furtherKeys].map((place) => <GoTo key={place.key} place={place} />)
}

function GoTo({ place }: { place: { href: string; key: string; keepsTime?: boolean } }) {
  const router = useRouter()
  const search = useSearchParams()
  useShortcut(`g ${place.key}`, () => router.push(placeHref(place, search)))
  return null
}
