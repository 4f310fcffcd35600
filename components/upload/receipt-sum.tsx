import type { ReactNode } from 'react'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { otherRecords } from '#lib/model/other-records.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { uploadPath } from '#lib/params/hrefs.ts'
import { countText } from '#lib/text/number.ts'

type Summed = Pick<Receipt, 'id' | 'records' | 'stored' | 'duplicates' | 'otherCodes' | 'rejects'>

/** A receipt as the sum it is: `12 480 records = 11 902 stored + 310 duplicates + 255 other + 13 rejects`, each number a link. */
export function ReceiptSum({ receipt }: { receipt: Summed }) {
  const { id } = receipt
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <Part href={uploadPath(id)} count={receipt.records} noun={receipt.records === 1 ? 'record' : 'records'} />
      <Sign>=</Sign>
      <Part href={uploadPath(id, 'in-this-file')} count={receipt.stored} noun="stored" />
      <Sign>+</Sign>
      <Part
        href={uploadPath(id, 'duplicates')}
        count={receipt.duplicates}
        noun={receipt.duplicates === 1 ? 'duplicate' : 'duplicates'}
      />
      <Sign>+</Sign>
      <Part href={uploadPath(id, 'in-this-file')} count={otherRecords(receipt)} noun="other" />
      <Sign>+</Sign>
      <Part
        href={uploadPath(id, 'rejects')}
        count={receipt.rejects}
        noun={receipt.rejects === 1 ? 'reject' : 'rejects'}
      />
    </span>
  )
}

const Sign = ({ children }: { children: ReactNode }) => <span className="text-dim">{children}</span>

function Part({ href, count, noun }: { href: string; count: number; noun: string }) {
  return (
    <span className="whitespace-nowrap">
      <NavLink href={href} aria-label={`${count} ${noun}`} className={`figures ${linkClass}`}>
        {countText(count)}
      </NavLink>{' '}
      {noun}
    </span>
  )
}
