'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { tablePath } from '#lib/params/hrefs.ts'
import { countOf } from '#lib/text/number.ts'
import { clearFinished } from './queue.ts'
import { inOrder, isUnderWay } from './sending.ts'
import { SendingLine } from './sending-line.tsx'
import { useSendings } from './use-sendings.ts'

type Props = {
  /** When the rest of the screen is made again: with each file that ends, or when all are finished. */
  refresh?: 'each' | 'last'
}

/** A line for each file that was dropped or chosen since the site was opened: a new batch on top, what is being read first. */
export function SendingList({ refresh = 'each' }: Props) {
  const sendings = useSendings()
  const router = useRouter()
  const ended = sendings.filter((sending) => !isUnderWay(sending)).length

  const isLast = ended === sendings.length
  const seen = useRef(ended)
  useEffect(() => {
    if (ended > seen.current && (refresh === 'each' || isLast)) router.refresh()
    if (ended < seen.current || refresh === 'each' || isLast) seen.current = ended
  }, [ended, isLast, refresh, router])

  if (sendings.length === 0) return null
  return (
    <div>
      <div className="flex items-center justify-between border-b border-line-strong pb-1 text-12 text-dim">
        <span aria-live="polite">
          {ended} of {countOf(sendings.length, 'file')} finished
        </span>
        <span className="flex items-center gap-4">
          {isLast && sendings.some(({ receipt }) => receipt !== null && receipt.stored > 0) && (
            <NavLink href={tablePath('stacking')} className={linkClass}>
              Open the stacks
            </NavLink>
          )}
          {ended > 0 && (
            <Button look="quiet" className="text-12" onClick={clearFinished}>
              Clear finished
            </Button>
          )}
        </span>
      </div>
      <ul>
        {inOrder(sendings).map((sending) => (
          <SendingLine key={sending.id} sending={sending} />
        ))}
      </ul>
    </div>
  )
}
