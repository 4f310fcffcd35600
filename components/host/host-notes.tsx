import { Eraser, type LucideIcon, MoonStar, PowerOff, ShieldAlert, SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { changeOf } from '#components/table/changes.ts'
import type { RuleNames } from '#components/table/table-context.ts'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { DetectionRow, HostBreak } from '#lib/model/rows.ts'
import { continuityHref } from '#lib/params/hrefs.ts'
import { otherTableHref, type Screen } from '#lib/params/screen.ts'
import type { HostWarnings } from '#lib/query/warnings.ts'
import { sentenceText } from '#lib/text/change.ts'
import { countOf } from '#lib/text/number.ts'
import { lengthText, timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'

type Props = { warnings: HostWarnings; rules: RuleNames; screen: Screen }

/** What to look at first on a host: its newest configuration change, what lowered protection, and where its log was cleared or silent. */
export function HostNotes({ warnings: { changes, disabled, weakened, cleared, silences }, rules, screen }: Props) {
  const { tz } = screen.params
  const [change] = changes.rows
  const configuration = otherTableHref(screen, 'registry', { limit: null }, { tab: 'configuration' })
  const words = (row: DetectionRow): string => visibleText(sentenceText(changeOf(row, rules)))
  const isChange = (row: DetectionRow): boolean => row.lastTime === change?.lastTime && words(row) === words(change)
  const lowered = (row: DetectionRow): string =>
    `${words(row)}${isChange(row) ? ` (last change, ${timeText(row.lastTime, tz)})` : ''}`
  const [offs, weak] = [disabled, weakened].map((page) => page.rows.map(lowered))
  const configurationLink = (
    <NavLink href={configuration} scroll={false} className={linkClass}>
      {countOf(changes.events, 'change of ASR', 'changes of ASR')}
    </NavLink>
  )
  // A change that disabled or weakened something has its sentence in the note about that.
  const [isDisabled, isWeakened] = [disabled.rows.some(isChange), weakened.rows.some(isChange)]
  const breakHref = ({ upload, dest }: HostBreak) => continuityHref(upload, tz, { show: 'breaks', dest })
  const [clear] = cleared.rows
  const [silence] = silences.rows
  return (
    <ul aria-label="To look at" className="flex flex-col text-12 empty:hidden">
      {change !== undefined && !isDisabled && !isWeakened && (
        <Note icon={SlidersHorizontal} ink="text-configuration-ink">
          Last change {timeText(change.lastTime, tz)}: {words(change)}. {configurationLink}
        </Note>
      )}
      {disabled.total > 0 && (
        <Note icon={PowerOff} ink="text-block-ink">
          Disabled: {offs?.join('; ')}
          {disabled.total > disabled.rows.length && ` and ${disabled.total - disabled.rows.length} more`}
          {isDisabled && <>. {configurationLink}</>}
        </Note>
      )}
      {weakened.total > 0 && (
        <Note icon={ShieldAlert} ink="text-audit-ink">
          Weakened: {weak?.join('; ')}
          {weakened.total > weakened.rows.length && ` and ${weakened.total - weakened.rows.length} more`}
          {isWeakened && !isDisabled && <>. {configurationLink}</>}
        </Note>
      )}
      {clear !== undefined && (
        <Note icon={Eraser} ink="text-block-ink">
          <NavLink href={breakHref(clear)} className={linkClass}>
            Log cleared{cleared.total > 1 && ` ${countOf(cleared.total, 'time')}`}
          </NavLink>
          , last between {timeText(clear.time, tz)} and {timeText(clear.until, tz)}
        </Note>
      )}
      {silence !== undefined && (
        <Note icon={MoonStar} ink="text-audit-ink">
          <NavLink href={breakHref(silence)} className={linkClass}>
            {countOf(silences.total, 'silence')}
          </NavLink>{' '}
          of more than a day, the last one {lengthText(silence.until - silence.time)} from {timeText(silence.time, tz)}
        </Note>
      )}
    </ul>
  )
}

function Note({ icon: Icon, ink, children }: { icon: LucideIcon; ink: string; children: ReactNode }) {
  return (
    <li className="flex min-w-0 items-baseline gap-1.5">
      <Icon aria-hidden className={`size-3.5 shrink-0 self-center ${ink}`} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  )
}
