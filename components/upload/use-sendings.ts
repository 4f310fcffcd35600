'use client'
import { useEffect, useSyncExternalStore } from 'react'
import { currentSendings, noSendings, onSendings } from './queue.ts'
import { isUnderWay, type Sending } from './sending.ts'

/** The files on their way and those that have ended. Leaving the site while any is sent asks first. */
export function useSendings(): readonly Sending[] {
  const sendings = useSyncExternalStore(onSendings, currentSendings, noSendings)
  const isBusy = sendings.some(isUnderWay)
  useEffect(() => {
    if (!isBusy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isBusy])
  return sendings
}
