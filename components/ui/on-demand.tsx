'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { announce } from './announce.ts'
import { usePopup } from './popup.tsx'

/** Loads a component, in a file of its own. */
export type Load<Given extends object> = () => Promise<ComponentType<Given>>

/**
 * A component that is loaded when it is needed for the first time, so that a page that is only read does not load it; null until it
 * is there. If it cannot be loaded, this is said and `fail` is called.
 */
export function useLoaded<Given extends object>(
  load: Load<Given>,
  isNeeded: boolean,
  fail: () => void,
): ComponentType<Given> | null {
  const [Loaded, setLoaded] = useState<ComponentType<Given> | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is needed.
  useEffect(() => {
    if (!isNeeded || Loaded !== null) return
    let isCurrent = true
    load().then(
      (loaded) => isCurrent && setLoaded(() => loaded),
      () => {
        announce('This could not be loaded. Reload the page.')
        fail()
      },
    )
    return () => {
      isCurrent = false
    }
  }, [isNeeded])
  return Loaded
}

/** The contents of a popup, with their box, loaded when it opens for the first time. */
export function OnDemand<Given extends object>({ load, given }: { load: Load<Given>; given: Given }) {
  const { isOpen, setOpen } = usePopup()
  const Contents = useLoaded(load, isOpen, () => setOpen(false))
  return isOpen && Contents !== null ? <Contents {...given} /> : null
}
