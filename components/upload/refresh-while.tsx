'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Lets the server render the screen again every `seconds` as long as `active`: for an upload that is being read. */
export function RefreshWhile({ active, seconds = 1 }: { active: boolean; seconds?: number }) {
  const router = useRouter()
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, seconds * 1000)
    return () => clearInterval(timer)
  }, [active, seconds, router])
  return null
}
