import { Monitor, Sigma } from 'lucide-react'
import type { ReactNode } from 'react'
import { bucketsOf } from '#components/chart/buckets.ts'
import { pointTotal } from '#components/chart/series.ts'
import { Spark } from '#components/chart/spark.tsx'
import { meaningIcons, meaningInk } from '#components/table/modes.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { Mode } from '#lib/asr/codes.ts'
import type { Overview } from '#lib/model/rows.ts'
import { modeHref, tableHref } from '#lib/params/hrefs.ts'
import type { Params } from '#lib/params/params.ts'
import { countOf, countText, shareText } from '#lib/text/number.ts'

type FigureProps = {
  href: string
  icon: ReactNode
  name: string
  value: number
  /** Its shape over time; null if it has none, and then `words` are in its place. */
  spark: number[] | null
  ink: string
  note?: string
  words?: string
}

/** Bars of a spark at most. */
const most = 48

type Props = {
  overview: Overview
  /** The range that is counted. */
  range: Partial<Params>
  /** The range in words. */
  label: string
}

/** The six figures of a time range over their shapes in it, each a link to what it counts. */
export function Figures({ overview, range, label }: Props) {
  const { events, asrChanges, changed, rules, rulesKnown } = overview
  const { points } = bucketsOf(overview.timeline, most)
  const modes: [mode: Mode, name: string, value: number][] = [
    ['block', 'Blocked', overview.blocked],
    ['audit', 'Audited', overview.audited],
    ['override', 'Overridden', overview.overridden],
    ['configuration', 'Configuration', overview.changed],
  ]
  return (
    <section aria-label={`Figures, ${label}`} className="border-b border-line">
      <ul className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 xl:grid-cols-6">
        <Figure
          href={tableHref('events', range)}
          icon={<Sigma aria-hidden />}
          name="Events"
          value={events}
          spark={points.map(pointTotal)}
          ink="text-ink"
          note="all codes"
        />
        <Figure
          href={tableHref('hosts', range)}
          icon={<Monitor aria-hidden />}
          name="Hosts"
          value={overview.dests}
          spark={null}
          ink="text-ink"
          words={`${rules} of ${countOf(rulesKnown, 'rule')} seen on them`}
        />
        {modes.map(([mode, name, value]) => {
          const Icon = meaningIcons[mode]
          return (
            <Figure
              key={mode}
              href={modeHref(mode, range)}
              icon={<Icon aria-hidden />}
              name={name}
              value={value}
              spark={points.map((point) => point[mode])}
              ink={meaningInk[mode]}
              note={
                mode === 'configuration' && changed > 0 ? `${countText(asrChanges)} of ASR` : shareText(value, events)
              }
            />
          )
        })}
      </ul>
    </section>
  )
}

function Figure({ href, icon, name, value, spark, ink, note, words }: FigureProps) {
  return (
    <li className="bg-ground">
      <NavLink href={href} className="group flex flex-col gap-1 px-4 pt-2.5 pb-2 hover:bg-hover">
        <span className="flex items-center gap-1.5 text-12 text-dim [&_svg]:size-3.5">
          <span className={ink}>{icon}</span>
          <span>{name}</span>
          <span className="ml-auto">{note}</span>
        </span>
        <span className="figures text-28 leading-8 group-hover:text-accent">{countText(value)}</span>
        {spark === null ? (
          <span className="flex h-6 items-end text-12 text-dim">{words}</span>
        ) : (
          <Spark values={spark} className={ink} />
        )}
      </NavLink>
    </li>
  )
}
