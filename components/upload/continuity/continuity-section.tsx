import type { ReactNode } from 'react'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { BreakRow, ContinuityRow, Page, Receipt, VersionRow } from '#lib/model/rows.ts'
import { type ContinuityLink, continuityHref } from '#lib/params/hrefs.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { BreakTable } from './break-table.tsx'
import { DestTable } from './dest-table.tsx'
import { VersionTable } from './version-table.tsx'

type Props = {
  receipt: Receipt
  tz: string
  dests: Page<ContinuityRow>
  breaks: Page<BreakRow>
  versions: Page<VersionRow>
}

/** How complete an upload is: its hosts, where their logs break, and the versions they name; of long lists the beginning. */
export function ContinuitySection({ receipt, tz, dests, breaks, versions }: Props) {
  if (dests.total === 0) return null
  const href = (link: ContinuityLink) => continuityHref(receipt.id, tz, link)
  return (
    <>
      <Part title="Hosts and gaps" sums={sumsOf(dests, breaks)} more={[dests, href({ show: 'dests' })]}>
        <p className="px-4 pb-2 text-12 text-dim">
          From all records of Defender's channel.
          {receipt.rejects > 0 && ' Records that could not be read count as missing.'}
          {receipt.unchecked > 0 &&
            ` ${countOf(receipt.unchecked, 'record')} of further hosts ${receipt.unchecked === 1 ? 'was' : 'were'} not checked.`}
        </p>
        <DestTable dests={dests.rows} tz={tz} hrefOf={(dest) => href({ show: 'breaks', dest })} />
      </Part>
      {breaks.total > 0 && (
        <Part title="Breaks" sums={countOf(breaks.total, 'break')} more={[breaks, href({ show: 'breaks' })]}>
          <BreakTable breaks={breaks.rows} tz={tz} />
        </Part>
      )}
      {versions.total > 0 && (
        <Part title="Versions" sums="as the events name them" more={[versions, href({ show: 'versions' })]}>
          <VersionTable versions={versions.rows} tz={tz} />
        </Part>
      )}
    </>
  )
}

function sumsOf(dests: Page<ContinuityRow>, breaks: Page<BreakRow>): string {
  const isKnown = dests.rows.every(({ verdict }) => verdict === 'unbroken')
  return `${countOf(dests.total, 'host')}${breaks.total === 0 && isKnown ? ', nothing missing between first and last record' : ''}`
}

type PartProps = { title: string; sums: string; more: [page: Page<object>, href: string]; children: ReactNode }

function Part({ title, sums, more: [page, href], children }: PartProps) {
  const rest = page.total - page.rows.length
  return (
    <section aria-label={title} className="border-b border-line">
      <h2 className="px-4 pt-4 pb-1 text-13 font-semibold">
        {title} <span className="font-normal text-dim">{sums}</span>
      </h2>
      {children}
      {rest > 0 && (
        <p className="px-4 py-2 text-12">
          <NavLink href={href} className={linkClass}>
            {countText(rest)} more
          </NavLink>
        </p>
      )}
    </section>
  )
}
