import { Gauge, History } from 'lucide-react'
import type { ReactNode } from 'react'
import { DayStrip } from '#components/chart/day-strip.tsx'
import { State } from '#components/frame/state.tsx'
import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { RiskRow } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'

const lists = ['Search Name', 'Risk Message', 'Analytic Stories', 'Annotations', 'ATT&CK Tactics'] as const

type Props = {
  row: RiskRow | null
  screen: Screen
  /** Whether there would be risk in the seven days before the newest event. */
  hasOlder: boolean
}

/** The seed's second drilldown: the risk of one host over seven days, its columns by their names. */
export function RiskResults({ row, screen, hasOlder }: Props) {
  const { anchor, tz } = screen.params
  const end = anchor === 'newest' ? 'the newest event' : 'now'
  if (row === null) return <NoRisk screen={screen} end={end} hasOlder={hasOlder} />
  return (
    <div className="overflow-x-auto">
      <table className="rows sm:min-w-[1264px]">
        <caption className="px-4 py-2 text-left text-12 text-dim">
          The 7 days to {end}. Score {row.score}; its days:{' '}
          <span className="inline-block align-middle">
            <DayStrip days={row.byDay} most={Math.max(...row.byDay)} label="Score by day" />
          </span>
        </caption>
        <thead>
          <tr>
            <Head width="w-56">normalized_risk_object</Head>
            <Head width="w-16 end">count</Head>
            <Head width="w-40">firstTime {tz}</Head>
            <Head width="w-40">lastTime {tz}</Head>
            <Head width="w-48">Search Name</Head>
            <Head width="w-auto">Risk Message</Head>
            <Head width="w-40">Analytic Stories</Head>
            <Head width="w-26">Annotations</Head>
            <Head width="w-32">ATT&CK Tactics</Head>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="phone-title font-medium wrap-anywhere">
              <Logged text={row.normalized_risk_object} />
            </td>
            <td className="end phone-figure">
              <Count value={row.count} />
            </td>
            <td data-name="firstTime" className="phone-line">
              <TimeCell time={row.firstTime} tz={tz} />
            </td>
            <td data-name="lastTime" className="phone-line">
              <TimeCell time={row.lastTime} tz={tz} />
            </td>
            {lists.map((name) => (
              <td key={name} data-name={name} className="phone-line">
                <ul className="flex flex-col gap-1">
                  {row[name].map((value) => (
                    <li key={value}>
                      <Logged text={value} />
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function Head({ width, children }: { width: string; children: ReactNode }) {
  return (
    <th scope="col" className={width}>
      {children}
    </th>
  )
}

function NoRisk({ screen, end, hasOlder }: { screen: Screen; end: string; hasOlder: boolean }) {
  if (hasOlder) {
    return (
      <State icon={<History aria-hidden />} title="The data is older than 7 days">
        <p>In the 7 days to {end} this host has no risk events; in the 7 days to the newest event it has.</p>
        <NavLink href={screenHref(screen, { anchor: 'newest' })} scroll={false} className={buttonClass('primary')}>
          Count back from the newest event
        </NavLink>
      </State>
    )
  }
  return (
    <State icon={<Gauge aria-hidden />} title={`No risk events in the 7 days to ${end}`}>
      <p>
        Only audited and blocked events and rules switched off raise risk. The tab Events has the host's other events.
      </p>
    </State>
  )
}
