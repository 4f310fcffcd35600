import type { ReactNode } from 'react'
import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import type { HostSummary } from '#lib/model/rows.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { Window } from '#lib/query/question.ts'
import { countOf } from '#lib/text/number.ts'
import { relativeText, timeText } from '#lib/text/time.ts'
import { RuleStrip } from './rule-strip.tsx'

type Props = { host: HostSummary; screen: Screen; window: Window }

/** Who the host is in one look: name, score, when it was seen, what it had, and how each rule stands on it. */
export function HostHead({ host, screen, window }: Props) {
  const { tz, anchor } = screen.params
  const modes = [
    ['block', host.blocked],
    ['audit', host.audited],
    ['override', host.overridden],
    ['configuration', host.changed],
  ] as const
  return (
    <section aria-label="Host" className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 px-4 pt-4">
      <div className="flex min-w-0 flex-col gap-3">
        <h2 className="text-28 font-semibold wrap-anywhere">
          <Logged text={host.dest} />
        </h2>
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          <Fact name={`Risk score, 7 days to ${anchor === 'newest' ? 'the newest event' : 'now'}`}>
            <Count value={host.score} className="text-15 font-semibold" />{' '}
            <span className="text-dim">from {countOf(host.riskEvents, 'risk event')}</span>
          </Fact>
          <Fact name={`First seen, ${tz}`}>
            <span className="figures">{timeText(host.firstTime, tz)}</span>
          </Fact>
          <Fact name={`Last seen, ${tz}`}>
            <span className="figures">{timeText(host.lastTime, tz)}</span>{' '}
            <span className="text-dim">{relativeText(host.lastTime, window.now)}</span>
          </Fact>
          <Fact name="Events, all time">
            <span className="flex flex-wrap items-center gap-x-3">
              <Count value={host.events} className="font-semibold" />
              {modes.map(([mode, count]) => (
                <span key={mode} className="flex items-center gap-1.5">
                  <ModeTag meaning={mode} />
                  <Count value={count} />
                </span>
              ))}
            </span>
          </Fact>
        </dl>
      </div>
      <RuleStrip states={host.ruleStates} screen={screen} />
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-dim">{name}</dt>
      <dd className="flex min-h-6 items-center gap-1.5">{children}</dd>
    </div>
  )
}
