'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'
import { onRefresh } from '#components/ui/refresh.ts'

/** Milliseconds after which a page that is rendered again says so. */
const patience = 400

/** Renders the page again when it is asked to. It belongs to the frame, since who asks may be gone before the page is there. */
export function Refresher() {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [isSlow, setSlow] = useState(false)
  useEffect(() => onRefresh(() => start(() => router.refresh())), [router])
  useEffect(() => {
    const timer = setTimeout(() => setSlow(isPending), isPending ? patience : 0)
    return () => clearTimeout(timer)
  }, [isPending])
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-1 z-50 flex justify-center">
      {isPending && isSlow && <span className="rounded bg-ink px-3 py-1 text-13 text-ground">Updating the page…</span>}
    </div>
  )
}
