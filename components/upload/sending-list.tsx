'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { countOf } from '#lib/format/number.ts'
import { clearEnded } from './queue.ts'
import { SendingLine } from './sending-line.tsx'
import { useSendings } from './use-sendings.ts'

/** A line for each file that was dropped or chosen since the site was opened, newest last. */
export function SendingList() {
  const sendings = useSendings()
  const router = useRouter()
  const ended = sendings.filter(({ state }) => state !== 'waiting' && state !== 'sending').length

  // What is on the screen beside this list changes with every file that ends.
  const seen = useRef(ended)
  useEffect(() => {
    if (ended > seen.current) router.refresh()
    seen.current = ended
  }, [ended, router])

  if (sendings.length === 0) return null
  return (
    <div>
      <div className="flex items-center justify-between border-b border-line-strong pb-1 text-12 text-dim">
        <span aria-live="polite">
          {ended} of {countOf(sendings.length, 'file')} ended
        </span>
        {ended > 0 && (
          <Button look="quiet" className="text-12" onClick={clearEnded}>
            Clear those that ended
          </Button>
        )}
      </div>
      <ul>
        {sendings.map((sending) => (
          <SendingLine key={sending.id} sending={sending} />
        ))}
      </ul>
    </div>
  )
}
