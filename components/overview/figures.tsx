import { Monitor, Sigma } from 'lucide-react'
import type { ReactNode } from 'react'
import { pointTotal } from '#components/chart/series.ts'
import { Spark } from '#components/chart/spark.tsx'
import { meaningIcons, meaningInk } from '#components/table/modes.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { Mode } from '#lib/asr/codes.ts'
import type { Overview } from '#lib/model/rows.ts'
import { modeHref, tablePath, withZone } from '#lib/params/hrefs.ts'
import { countText, shareText } from '#lib/text/number.ts'

type FigureProps = {
  href: string
  icon: ReactNode
  name: string
  value: number
  /** A figure a day; null where there are none, and then `words` stand in their place. */
  days: number[] | null
  ink: string
  note?: string
  words?: string
}

/** The six figures of everything stored, each leading to what it counts, over the shape of its last 30 days. */
export function Figures({ overview, tz }: { overview: Overview; tz: string }) {
  const { days, events } = overview
  const modes: [mode: Mode, name: string, value: number][] = [
    ['block', 'Blocked', overview.blocked],
    ['audit', 'Audited', overview.audited],
    ['override', 'Overridden', overview.overridden],
    ['configuration', 'Configuration', overview.changed],
  ]
  return (
    <section aria-label="Everything stored" className="border-b border-line">
      <ul className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 xl:grid-cols-6">
        <Figure
          href={withZone(tablePath('events'), tz)}
          icon={<Sigma aria-hidden />}
          name="Events"
          value={events}
          days={days.map(pointTotal)}
          ink="text-ink"
          note="all codes"
        />
        <Figure
          href={withZone(tablePath('hosts'), tz)}
          icon={<Monitor aria-hidden />}
          name="Dests"
          value={overview.dests}
          days={null}
          ink="text-ink"
          words={`${overview.rules} of ${overview.rulesKnown} rules fired on them`}
        />
        {modes.map(([mode, name, value]) => {
          const Icon = meaningIcons[mode]
          return (
            <Figure
              key={mode}
              href={modeHref(mode, tz)}
              icon={<Icon aria-hidden />}
              name={name}
              value={value}
              days={days.map((point) => point[mode])}
              ink={meaningInk[mode]}
              note={shareText(value, events)}
            />
          )
        })}
      </ul>
    </section>
  )
}

function Figure({ href, icon, name, value, days, ink, note, words }: FigureProps) {
  return (
    <li className="bg-ground">
      <NavLink href={href} className="group flex flex-col gap-1 px-4 pt-2.5 pb-2 hover:bg-hover">
        <span className="flex items-center gap-1.5 text-12 text-dim [&_svg]:size-3.5">
          <span className={ink}>{icon}</span>
          <span>{name}</span>
          <span className="ml-auto">{note}</span>
        </span>
        <span className="figures text-28 leading-8 group-hover:text-accent">{countText(value)}</span>
        {days === null ? (
          <span className="flex h-6 items-end text-12 text-dim">{words}</span>
        ) : (
          <Spark values={days} className={ink} />
        )}
      </NavLink>
    </li>
  )
}
