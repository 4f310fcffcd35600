import type { UploadTotals } from '#lib/model/rows.ts'
import { countOf, countText } from '#lib/text/number.ts'

/** What all uploads add up to, those on other pages included. */
export function TotalsLine({ totals }: { totals: UploadTotals }) {
  const { uploads, records, stored, duplicates, other, rejects } = totals
  const sums: [count: number, one: string, many?: string][] = [
    [records, 'record'],
    [stored, 'stored', 'stored'],
    [duplicates, 'duplicate'],
    [other, 'other', 'other'],
    [rejects, 'reject'],
  ]
  return (
    <ul aria-label="Totals" className="flex flex-wrap gap-x-4 gap-y-0.5 text-12">
      <li className="font-semibold">All uploads: {countOf(uploads, 'file')}</li>
      {sums.map(([count, one, many = `${one}s`]) => (
        <li key={one}>
          <span className="figures">{countText(count)}</span>{' '}
          <span className="text-dim">{count === 1 ? one : many}</span>
        </li>
      ))}
    </ul>
  )
}
