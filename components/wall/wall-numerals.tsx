import { Monitor, Sigma } from 'lucide-react'
import type { ReactNode } from 'react'
import { meaningIcons } from '#components/table/modes.ts'
import type { WallData } from '#lib/model/rows.ts'
import { countText, shortCountText } from '#lib/text/number.ts'

type Counts = WallData['last24h']
type Numeral = { key: keyof Counts; name: string; ink: string; icon: ReactNode }

const { block: Block, audit: Audit, override: Override, configuration: Configuration } = meaningIcons
const numerals: Numeral[] = [
  { key: 'blocked', name: 'Blocked', ink: 'block', icon: <Block aria-hidden /> },
  { key: 'audited', name: 'Audited', ink: 'audit', icon: <Audit aria-hidden /> },
  { key: 'overridden', name: 'Overridden', ink: 'override', icon: <Override aria-hidden /> },
  { key: 'changed', name: 'Configuration', ink: 'configuration', icon: <Configuration aria-hidden /> },
  { key: 'dests', name: 'Hosts', ink: 'none', icon: <Monitor aria-hidden /> },
  { key: 'events', name: 'Events', ink: 'none', icon: <Sigma aria-hidden /> },
]

/** The first band: six figures of 24 hours, each over that of seven days. */
export function WallNumerals({ data: { last24h, last7d } }: { data: WallData }) {
  return (
    <section aria-label="Key figures" className="wall-numerals">
      {numerals.map(({ key, name, ink, icon }) => (
        <dl key={key} data-ink={ink} data-zero={last24h[key] === 0}>
          <dt>
            {icon}
            {name}
          </dt>
          <dd className="wall-numeral">
            {last24h[key] < 10_000 ? countText(last24h[key]) : shortCountText(last24h[key])}
          </dd>
          <dd className="wall-week">
            <span className="wall-dim">7 days</span> <span className="wall-figure">{countText(last7d[key])}</span>
          </dd>
        </dl>
      ))}
    </section>
  )
}
