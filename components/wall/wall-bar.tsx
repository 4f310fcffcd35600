'use client'
import { ArrowLeft } from 'lucide-react'
import type { Ref } from 'react'
import { CopyLink } from '#components/frame/copy-link.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { type Segment, SegmentLinks } from '#components/ui/segments.tsx'
import { overviewPath, withZone } from '#lib/params/hrefs.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { panelNames, type WallSettings } from './wall-settings.ts'

const dwells = [5, 15, 30, 60]

type Props = {
  screen: Screen
  settings: WallSettings
  isShown: boolean
  isUnattended: boolean
  ref: Ref<HTMLElement>
}

/** The controls of the wall, each a link to the wall as it would be; hidden until they are asked for. */
export function WallBar({ screen, settings, isShown, isUnattended, ref }: Props) {
  const { rotate, dwell, theme, anchor, dispositions, redact, tz } = settings
  const own = (name: string, value: string | null) => screenHref(screen, {}, { [name]: value })
  const rotates = [
    { label: 'side by side', href: own('rotate', null), current: rotate.length === 0 },
    { label: 'in turn', href: own('rotate', 'on'), current: rotate.length === panelNames.length },
    ...(rotate.length > 0 && rotate.length < panelNames.length
      ? [{ label: rotate.join(', '), href: screenHref(screen), current: true }]
      : []),
  ]
  return (
    <section ref={ref} className="wall-bar" data-shown={isShown} aria-label="Controls of the wall">
      {!isUnattended && (
        <NavLink href={withZone(overviewPath, tz)} className={buttonClass('plain')}>
          <ArrowLeft aria-hidden /> Exit
        </NavLink>
      )}
      <Choice name="Panels" segments={rotates} />
      <Choice
        name="Next after"
        segments={(dwells.includes(dwell) ? dwells : [...dwells, dwell]).map((seconds) => ({
          label: `${seconds} s`,
          href: own('dwell', seconds === 15 ? null : String(seconds)),
          current: seconds === dwell,
        }))}
      />
      <Choice
        name="Ends"
        segments={(['now', 'newest'] as const).map((end) => ({
          label: end === 'now' ? 'now' : 'newest event',
          href: screenHref(screen, { anchor: end }),
          current: end === anchor,
        }))}
      />
      <Choice
        name="Risk"
        segments={[
          { label: 'all', href: own('dispositions', null), current: dispositions === null },
          { label: 'without known good', href: own('dispositions', 'apply'), current: dispositions === 'apply' },
        ]}
      />
      <Choice
        name="Theme"
        segments={([null, 'light', 'dark'] as const).map((name) => ({
          label: name ?? 'system',
          href: own('theme', name),
          current: name === theme,
        }))}
      />
      {!isUnattended && (
        <Choice
          name="User names"
          segments={[
            { label: 'hidden', href: own('redact', null), current: redact },
            { label: 'shown', href: own('redact', 'off'), current: !redact },
          ]}
        />
      )}
      <CopyLink pinned={screenHref(screen)} />
    </section>
  )
}

function Choice({ name, segments }: { name: string; segments: Segment[] }) {
  return (
    <div className="wall-choice">
      <span aria-hidden>{name}</span>
      <SegmentLinks label={name} segments={segments} />
    </div>
  )
}
