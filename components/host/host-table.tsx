'use client'
import { Count } from '#components/table/cells/count.tsx'
import { Counted } from '#components/table/cells/counted.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { KeyedBody } from '#components/table/keyed-body.tsx'
import { type PlainColumn, PlainHead } from '#components/table/plain-head.tsx'
import { scrollerClass } from '#components/table/scroller.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { HostRow } from '#lib/model/rows.ts'
import { type CountedOf, hostHref, hostRiskHref } from '#lib/params/hrefs.ts'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { Namesakes } from '#lib/query/namesakes.ts'
import type { Window } from '#lib/query/question.ts'
import { countText } from '#lib/text/number.ts'
import { NamesakeHint } from './namesake-hint.tsx'

const columns: PlainColumn[] = [
  { name: 'dest', width: 'w-auto' },
  { name: 'events', width: 'w-24', align: 'end' },
  { name: 'blocked', width: 'w-24', align: 'end' },
  { name: 'audited', width: 'w-24', align: 'end' },
  { name: 'overridden', width: 'w-28', align: 'end' },
  { name: 'changed', width: 'w-24', align: 'end' },
  { name: 'rules', width: 'w-20', align: 'end' },
  { name: 'score', width: 'w-20', align: 'end' },
  { name: 'riskEvents', width: 'w-26', align: 'end' },
  { name: 'firstTime', width: 'w-42', isTime: true },
  { name: 'lastTime', width: 'w-42', isTime: true },
]
const figures: ['events' | 'blocked' | 'audited' | 'overridden' | 'changed' | 'rules', CountedOf][] = [
  ['events', 'events'],
  ['blocked', 'block'],
  ['audited', 'audit'],
  ['overridden', 'override'],
  ['changed', 'configuration'],
  ['rules', 'rules'],
]
/** The risk of a host, whatever rule or time the list is about. */
const scores = ['score', 'riskEvents'] as const

type Props = {
  screen: Screen
  window: Window
  /** The range and the filters of the rows, with what the screen is about. */
  params: Params
  rows: HostRow[]
  /** Other hosts that may be the same machine, by host. */
  namesakes: ReadonlyMap<string, Namesakes>
  /** Whether the columns of risk are shown. */
  hasRisk: boolean
  fills?: boolean
}

/** Every host with its events by meaning in the time range, and its risk of seven days. */
export function HostTable({ screen, window, params, rows, namesakes, hasRisk, fills = true }: Props) {
  const { tz } = screen.params
  const shown = hasRisk ? columns : columns.filter(({ name }) => !scores.some((score) => score === name))
  return (
    <div className={scrollerClass(fills)}>
      <table className="rows sm:min-w-[1180px]">
        <caption className="sr-only">Hosts</caption>
        <PlainHead screen={screen} columns={shown} />
        <KeyedBody>
          {rows.map((host, index) => (
            <tr key={host.dest} tabIndex={index === 0 ? 0 : -1}>
              <td className="phone-title">
                <div className="flex items-baseline gap-2 max-sm:flex-col max-sm:gap-0">
                  <NavLink
                    href={hostHref(host.dest, window, tz)}
                    className="block max-w-full shrink-0 truncate rounded-sm font-medium hover:text-accent hover:underline"
                  >
                    <Logged text={host.dest} />
                  </NavLink>
                  <NamesakeHint namesakes={namesakes.get(host.dest)} window={window} tz={tz} isShort />
                </div>
              </td>
              {figures.map(([name, of]) => (
                <td key={name} data-name={name} className={name === 'events' ? 'end phone-figure' : 'end phone-line'}>
                  <Counted
                    value={host[name]}
                    row={{ field: 'dest', value: host.dest }}
                    of={of}
                    params={params}
                    name={name}
                  />
                </td>
              ))}
              {hasRisk &&
                scores.map((name) => (
                  <td key={name} data-name={name} className="end phone-line">
                    <NavLink
                      href={hostRiskHref(host.dest, params)}
                      aria-label={`${name} ${countText(host[name])}`}
                      className="inline-block min-w-6 rounded-sm hover:text-accent hover:underline sm:text-end"
                    >
                      <Count value={host[name]} />
                    </NavLink>
                  </td>
                ))}
              <td data-name="firstTime">
                <TimeCell time={host.firstTime} tz={tz} />
              </td>
              <td data-name="lastTime" className="phone-line">
                <TimeCell time={host.lastTime} tz={tz} />
              </td>
            </tr>
          ))}
        </KeyedBody>
      </table>
    </div>
  )
}
