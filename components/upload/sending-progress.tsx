'use client'
import { useEffect, useState } from 'react'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { lengthText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import type { Sending } from './sending.ts'

/** The progress of a file: bytes sent and read, records, speed, and time left. If its size is unknown, no bar is shown. */
export function SendingProgress({ sending }: { sending: Sending }) {
  const { name, size, sent, receipt, startedAt } = sending
  const now = useNow()
  const read = Math.min(receipt?.bytesRead ?? 0, size ?? Number.POSITIVE_INFINITY)
  const records = receipt?.records ?? 0
  const seconds = Math.max(0.5, (now - startedAt) / 1000)
  const rate = read / seconds
  const left = rate > 0 && size !== null ? ((size - read) / rate) * 1000 : null
  const words = size === null ? `${bytesText(read)} read` : `${bytesText(read)} of ${bytesText(size)}`
  return (
    <span className="flex flex-col gap-0.5">
      <span
        role="progressbar"
        aria-label={`${visibleText(name)}, bytes read`}
        aria-valuemin={0}
        aria-valuemax={size ?? undefined}
        aria-valuenow={size === null ? undefined : read}
        aria-valuetext={`${words}, ${countOf(records, 'record')}`}
        className={size === null ? undefined : 'block h-5 py-1.5'}
      >
        {size !== null && (
          <svg aria-hidden width="100%" height={8} className="block overflow-hidden rounded-sm">
            <rect width="100%" height={8} fill="var(--line)" />
            <rect width={`${share(sent, size)}%`} height={8} fill="var(--line-strong)" />
            <rect width={`${share(read, size)}%`} height={8} fill="var(--accent)" />
          </svg>
        )}
      </span>
      <span className="figures flex flex-wrap gap-x-4 text-12 text-dim">
        <span>{words}</span>
        <span>{countOf(records, 'record')}</span>
        <span>
          {bytesText(rate)}/s, {countText(Math.round(records / seconds))} records/s
        </span>
        {left !== null && <span>{lengthText(left)} left</span>}
        {receipt?.waitsFor && <span className="wrap-anywhere">Waits for {visibleText(receipt.waitsFor)}</span>}
      </span>
    </span>
  )
}

const share = (part: number, total: number): number => (total === 0 ? 100 : Math.min(100, (part / total) * 100))

function useNow(): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return now
}
