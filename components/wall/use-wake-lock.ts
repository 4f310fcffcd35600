'use client'
import { useEffect } from 'react'

/** Keeps the screen from going dark while the wall is shown, if the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    const ask = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      // Refused on battery saving: then the display's own settings decide.
      lock = await navigator.wakeLock.request('screen').catch(() => null)
    }
    ask()
    // The browser lets go of it whenever the page is hidden.
    document.addEventListener('visibilitychange', ask)
    return () => {
      document.removeEventListener('visibilitychange', ask)
      lock?.release()
    }
  }, [])
}
