import type { UploadTotals } from '#lib/model/rows.ts'
import { countOf } from '#lib/text/number.ts'

/** What all uploads add up to, those on other pages included. */
export function TotalsLine({ totals }: { totals: UploadTotals }) {
  const { uploads, records, stored, duplicates, other, rejects } = totals
  const sums = [
    countOf(records, 'record'),
    countOf(stored, 'stored', 'stored'),
    countOf(duplicates, 'duplicate'),
    countOf(other, 'other', 'other'),
    countOf(rejects, 'reject'),
  ]
  return (
    <ul aria-label="Totals" className="figures flex flex-wrap gap-x-4 gap-y-0.5 text-12">
      <li className="font-semibold">All uploads: {countOf(uploads, 'file')}</li>
      {sums.map((sum) => (
        <li key={sum} className="text-dim">
          {sum}
        </li>
      ))}
    </ul>
  )
}
