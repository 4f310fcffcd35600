import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { SegmentLinks } from '#components/ui/segments.tsx'
import type { LeftOutRisk } from '#lib/model/rows.ts'
import { decisionsPath, tablePath } from '#lib/params/hrefs.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf } from '#lib/text/number.ts'

type Props = {
  screen: Screen
  /** Whether decisions are applied. */
  isApplied: boolean
}

/** Pages that are not about risk alone have the parameter as one of their own. */
const withDecisions = (screen: Screen, dispositions: 'apply' | null): string =>
  screen.path === tablePath('risk') || screen.path === tablePath('hosts')
    ? screenHref(screen, { dispositions }, { dispositions: null })
    : screenHref(screen, {}, { dispositions })

/** Whether the risk of what is known good counts. */
export const KnownGoodSwitch = ({ screen, isApplied }: Props) => (
  <SegmentLinks
    label="Risk of what is known good"
    segments={[
      { label: 'all risk', href: withDecisions(screen, null), current: !isApplied },
      {
        label: 'without known good',
        href: withDecisions(screen, 'apply'),
        current: isApplied,
        hint: 'Leaves out risk events whose result row is decided known good.',
      },
    ]}
  />
)

/** How many points decisions leave out; null if they are not applied. */
export function LeftOutLine({ leftOut, of }: { leftOut: LeftOutRisk | null; of?: string }) {
  if (leftOut === null) return null
  const { points, events, hosts } = leftOut
  return (
    <p className="text-12 text-dim">
      <span className="font-semibold text-ink">{countOf(points, 'point')}</span>{' '}
      {points === 0
        ? 'left out: no risk event is known good'
        : `of ${countOf(events, 'risk event')}${of ?? ` on ${countOf(hosts, 'host')}`} left out by `}
      {points > 0 && (
        <NavLink href={decisionsPath} className={linkClass}>
          decisions
        </NavLink>
      )}
    </p>
  )
}
