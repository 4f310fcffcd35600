import type { ReactNode } from 'react'
import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import type { RuleNames } from '#components/table/table-context.ts'
import type { HostSummary } from '#lib/model/rows.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { Namesakes } from '#lib/query/namesakes.ts'
import type { Window } from '#lib/query/question.ts'
import type { HostWarnings } from '#lib/query/warnings.ts'
import { countOf } from '#lib/text/number.ts'
import { relativeText, timeText } from '#lib/text/time.ts'
import { HostNotes } from './host-notes.tsx'
import { NamesakeHint } from './namesake-hint.tsx'

type Props = {
  host: HostSummary
  rules: RuleNames
  namesakes: Namesakes | undefined
  warnings: HostWarnings
  screen: Screen
  window: Window
}

/** What is known of a host: name, score, when it was seen, its events, and what to look at first. */
export function HostHead({ host, rules, namesakes, warnings, screen, window }: Props) {
  const { tz, anchor } = screen.params
  return (
    <section aria-label="Host" className="flex min-w-0 flex-col gap-1.5">
      <h2 className="text-20 font-semibold wrap-anywhere">
        <Logged text={host.dest} />
      </h2>
      <NamesakeHint namesakes={namesakes} window={window} tz={tz} />
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
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
          <Count value={host.events} className="font-semibold" />
        </Fact>
      </dl>
      <HostNotes warnings={warnings} rules={rules} screen={screen} />
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-dim">{name}</dt>
      <dd className="flex min-h-5 flex-wrap items-center gap-x-2">{children}</dd>
    </div>
  )
}
