'use client'
import { useEffect, useState } from 'react'
import { onAnnounce } from '#components/ui/announce.ts'

/** Where announcements are shown and spoken: one line at the foot of the screen, gone after three seconds. */
export function Announcer() {
  const [sentence, setSentence] = useState('')
  useEffect(() => onAnnounce(setSentence), [])
  useEffect(() => {
    if (sentence === '') return
    const timer = setTimeout(() => setSentence(''), 3000)
    return () => clearTimeout(timer)
  }, [sentence])
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center"
    >
      {sentence !== '' && <span className="rounded bg-ink px-3 py-1 text-13 text-ground">{sentence}</span>}
    </div>
  )
}
