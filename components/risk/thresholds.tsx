import { Flag } from 'lucide-react'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { scoreThreshold } from '#lib/asr/score-threshold.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf, countText } from '#lib/text/number.ts'

type Props = {
  screen: Screen
  /** Risk objects of all pages. */
  total: number
  /** Those of them that are over the threshold. */
  over24h: number
  span: string
}

/** How many hosts have risk, and how many of them are over Enterprise Security's threshold: on all pages. */
export function Thresholds({ screen, total, over24h, span }: Props) {
  const byDay = screenHref(screen, { sort: [{ column: 'score24h', descending: true }] })
  return (
    <p className="flex flex-wrap items-center gap-x-6 gap-y-1 text-12">
      <span>
        <span className="font-semibold">{countOf(total, 'risk object')}</span>{' '}
        <span className="text-dim">in {span}</span>
      </span>
      <span className="flex items-center gap-1.5">
        <Flag aria-hidden className="size-3.5 shrink-0 text-dim" />
        <NavLink href={byDay} className={over24h === 0 ? '' : linkClass}>
          <span className="figures">{countText(over24h)}</span> over {scoreThreshold} in 24 hours
        </NavLink>
      </span>
    </p>
  )
}
