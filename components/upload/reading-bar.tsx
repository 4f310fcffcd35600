import type { Receipt } from '#lib/model/rows.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'

type Props = {
  receipt: Receipt
  /** What it waits for if it is not read at the moment. */
  waitsFor: string | undefined
}

/** How far the server has read an upload. */
export function ReadingBar({ receipt: { bytes, bytesRead, records }, waitsFor }: Props) {
  const share = bytes === null || bytes === 0 ? null : Math.min(100, (bytesRead / bytes) * 100)
  const words = `${bytesText(bytesRead)}${bytes === null ? '' : ` of ${bytesText(bytes)}`} read, ${countOf(records, 'record')}`
  return (
    <div className="flex flex-col gap-1">
      <div
        role="progressbar"
        aria-label="Bytes read"
        aria-valuemin={0}
        aria-valuemax={bytes ?? undefined}
        aria-valuenow={bytesRead}
        aria-valuetext={words}
      >
        <svg aria-hidden width="100%" height={8} className="block overflow-hidden rounded-sm">
          <rect width="100%" height={8} fill="var(--line)" />
          <rect width={`${share ?? 100}%`} height={8} fill="var(--accent)" />
        </svg>
      </div>
      <p className="figures text-12 text-dim">{words}</p>
      {waitsFor !== undefined && <p className="text-12 wrap-anywhere text-dim">Waits for {visibleText(waitsFor)}.</p>}
    </div>
  )
}
