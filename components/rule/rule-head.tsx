import { CircleQuestionMark } from 'lucide-react'
import { RuleAbout } from '#components/about/rule-about.tsx'
import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { ruleNotes } from '#db/lookup/rule-notes.ts'
import type { RuleRow } from '#lib/model/rows.ts'
import { countOf } from '#lib/text/number.ts'
import { spanText } from '#lib/text/time.ts'
import { NameRule } from './name-rule.tsx'

/** Which rule it is, what Microsoft says of it, and what it did in the time range. */
export function RuleHead({ rule, tz }: { rule: RuleRow; tz: string }) {
  const isPublished = rule.ID in ruleNotes
  const modes = [
    ['block', rule.blocked],
    ['audit', rule.audited],
    ['override', rule.overridden],
    ['configuration', rule.changed],
  ] as const
  return (
    <section aria-label="Rule" className="flex flex-col gap-2 px-4 pt-4">
      <h2 className="flex items-center gap-2 text-20 font-semibold">
        {!rule.known && <CircleQuestionMark aria-hidden className="size-5 shrink-0 text-other-ink" />}
        {rule.known ? rule.ASR_Rule : 'Unknown rule'}
      </h2>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="flex min-w-0 items-center gap-1 font-mono text-12">
          <span className="wrap-anywhere">
            <Logged text={rule.ID} />
          </span>
          <CopyButton text={rule.ID} name="GUID" />
        </span>
        {rule.known ? (
          <>
            {rule.standard && <span>Standard protection rule</span>}
            {!rule.warnMode && <span>No warn mode</span>}
          </>
        ) : (
          <span>No rule of the lookup has this GUID.</span>
        )}
      </p>
      <RuleAbout rule={rule} />
      {!isPublished && <NameRule ID={rule.ID} name={rule.known ? rule.ASR_Rule : null} />}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <b>{countOf(rule.events, 'event')}</b>
        <span>on {countOf(rule.dests, 'host')}</span>
        {modes.map(([mode, count]) => (
          <span key={mode} className="flex items-center gap-1.5">
            <ModeTag meaning={mode} />
            <Count value={count} />
          </span>
        ))}
        {rule.firstTime !== null && rule.lastTime !== null && (
          <span className="figures text-12 text-dim">
            {spanText(rule.firstTime, rule.lastTime, tz)} {tz}
          </span>
        )}
      </p>
    </section>
  )
}
