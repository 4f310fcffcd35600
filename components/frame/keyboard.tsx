'use client'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { placeHref } from '#lib/params/hrefs.ts'
import { furtherKeys, places } from './places.ts'
import { pressKey, useShortcut } from './shortcuts.ts'

/** Listens for single keys on every screen, and for `g` with the letter of a screen. */
export function Keyboard() {
  useEffect(() => {
    window.addEventListener('keydown', pressKey)
    return () => window.removeEventListener('keydown', pressKey)
  }, [])
  return [...places, ...furtherKeys].map((place) => <GoTo key={place.key} place={place} />)
}

function GoTo({ place }: { place: { href: string; key: string; keepsTime?: boolean } }) {
  const router = useRouter()
  const search = useSearchParams()
  useShortcut(`g ${place.key}`, () => router.push(placeHref(place, search)))
  return null
}
