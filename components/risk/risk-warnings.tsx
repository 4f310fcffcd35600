import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { Warnings } from '#lib/model/rows.ts'
import { overviewListHref, tableHref } from '#lib/params/hrefs.ts'
import type { Params } from '#lib/params/params.ts'
import { countText } from '#lib/text/number.ts'

type Props = {
  /** Configuration changes under the filters of the ranking. */
  lowered: Pick<Warnings, 'disabled' | 'weakened'>
  /** Records of all hosts; null if a filter is set, which says nothing of records. */
  gone: Pick<Warnings, 'cleared' | 'stopped'> | null
  /** The parameters of the ranking, with its range as times. */
  params: Params
}

/** What a score does not show: lowered protection and missing records in its range, each count linked to its rows. */
export function RiskWarnings({ lowered, gone, params }: Props) {
  const { from, to, tz, filters, q } = params
  const asked = { from, to, tz, filters, q }
  const all: [name: string, count: number, href: string][] = [
    ['Rules disabled', lowered.disabled.total, tableHref('disabled', asked)],
    ['Protection weakened', lowered.weakened.total, tableHref('registry', { ...asked, weakened: 1 })],
    ['Logs cleared', gone?.cleared.total ?? 0, overviewListHref('cleared', params)],
    ['Hosts without new records', gone?.stopped.total ?? 0, overviewListHref('stopped', params)],
  ]
  const some = all.filter(([, count]) => count > 0)
  if (some.length === 0 && gone === null) return null
  return (
    <ul aria-label="Lowered protection and missing records" className="flex flex-wrap gap-x-5 gap-y-1 text-12">
      {some.map(([name, count, href]) => (
        <li key={name}>
          {name}{' '}
          <NavLink href={href} className={linkClass} aria-label={`${name}: ${countText(count)}`}>
            <span className="figures">{countText(count)}</span>
          </NavLink>
        </li>
      ))}
      {gone !== null && (
        <li>
          <NavLink href={overviewListHref('silence', params)} className={linkClass}>
            Silences within logs
          </NavLink>
        </li>
      )}
    </ul>
  )
}
