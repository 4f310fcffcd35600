'use client'
import { useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { cancelled, left } from './ended-questions.ts'

/** Asks a question again that was cancelled, which is done by itself if only its page was left meanwhile. */
export function CountAgain({ id, href }: { id: string; href: string }) {
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (left.has(id)) window.location.reload()
    // The button that had the focus is gone.
    else if (cancelled.has(id)) link.current?.focus()
  }, [id])
  // Not a link of the router: it would keep what is shown until the answer is there, without its progress.
  return (
    <a ref={link} href={href} className={buttonClass('primary')}>
      Count again
    </a>
  )
}
