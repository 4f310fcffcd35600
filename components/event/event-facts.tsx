import { Braces, FileText, Layers, Monitor, MoveHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { ChangeText } from '#components/table/cells/change-text.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import { RuleName } from '#components/table/cells/rule-name.tsx'
import { changeOf } from '#components/table/changes.ts'
import { meaningOf } from '#components/table/modes.ts'
import type { RuleNames } from '#components/table/table-context.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { isThrottled, throttledWords } from '#components/upload/formats.ts'
import { codes, featureNames } from '#lib/asr/codes.ts'
import type { EventDetail } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { hostHref, rulePath, tableHref, uploadPath, withZone } from '#lib/params/hrefs.ts'
import { literal } from '#lib/params/link.ts'
import { timeText } from '#lib/text/time.ts'

/** Either side of an event, what else happened on its host. */
const aside = 15 * 60_000

type Props = { event: EventDetail; rules: RuleNames; tz: string }

/** What an event is in a few words, and the ways from it: its stack, its host, its neighbours in time, its log. */
export function EventFacts({ event, rules, tz }: Props) {
  const neighbours = { from: event._time - aside, to: event._time + aside }
  const code = codes[event.EventCode]
  return (
    <section aria-label="What it is" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="text-20 font-semibold">
          {event.EventCode === 5007 ? (
            <span className="wrap-anywhere">
              <ChangeText sentence={changeOf(event, rules)} />
            </span>
          ) : (
            <RuleName
              id={event.ID}
              name={event.ASR_Rule ?? (event.ID === null ? code?.meaning : null) ?? 'NULL'}
              short={event.ID === null ? undefined : rules[event.ID]?.short}
              href={event.ID === null ? undefined : withZone(rulePath(event.ID), tz)}
            />
          )}
        </h2>
        <span className="text-15">
          <ModeTag meaning={meaningOf(event.EventCode)} />
        </span>
        {code !== undefined && (
          <span className="text-dim">
            {code.meaning} · {featureNames[code.feature]}
          </span>
        )}
      </div>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="figures text-15">
          {timeText(event._time, tz)} {tz}
        </span>
        <span className="text-15 font-semibold">
          <Logged text={event.dest} />
        </span>
      </p>
      {isThrottled(event.format) && <p className="max-w-[80ch] text-audit-ink">{throttledWords}</p>}
      <nav aria-label="From this event" className="flex flex-wrap gap-2">
        <Way href={tableHref('events', { stack: event.stack, tz })} icon={<Layers aria-hidden />} name="Its stack" />
        <Way href={hostHref(event.dest, { from: null, to: null }, tz)} icon={<Monitor aria-hidden />} name="Its host" />
        <Way
          href={tableHref('events', { ...neighbours, filters: { dest: [literal(event.dest)] }, tz })}
          icon={<MoveHorizontal aria-hidden />}
          name="15 minutes either side on the host"
        />
        <Way href={uploadPath(event.upload)} icon={<FileText aria-hidden />} name="Its upload" />
        <a href={apiPaths.event(event.id)} className={buttonClass('plain')}>
          <Braces aria-hidden />
          JSON
        </a>
      </nav>
    </section>
  )
}

function Way({ href, icon, name }: { href: string; icon: ReactNode; name: string }) {
  return (
    <NavLink href={href} className={buttonClass('plain')}>
      {icon}
      {name}
    </NavLink>
  )
}
