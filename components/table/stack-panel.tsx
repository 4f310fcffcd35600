'use client'
import { List, X } from 'lucide-react'
import type { Ref } from 'react'
import { DecideButton } from '#components/decide/decide-button.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { DetectionRow } from '#lib/model/rows.ts'
import { ruleHref, stackEventsHref } from '#lib/params/hrefs.ts'
import type { ChangeSentence } from '#lib/text/change.ts'
import { countOf } from '#lib/text/number.ts'
import { ruleText } from '#lib/text/rule.ts'
import { spanText } from '#lib/text/time.ts'
import { ChangeText } from './cells/change-text.tsx'
import { auditedBlock } from './cells/code-cell.tsx'
import { CodeTag } from './cells/mode-tag.tsx'
import { RuleName } from './cells/rule-name.tsx'
import { changeOf } from './changes.ts'
import { decidedRows } from './decided-rows.ts'
import { NewestEvents } from './newest-events.tsx'
import { StackField } from './stack-field.tsx'
import { useTableContext } from './table-context.ts'

type Props = {
  row: DetectionRow
  /** What it did, if it is a stack of configuration changes. */
  sentence: ChangeSentence | null
  detection: DetectionKey
  onClose: () => void
  fills: boolean
  ref: Ref<HTMLElement>
}

/** All of one stack, next to its table: every field wrapped and copyable, its newest events, and a link to all of them. */
export function StackPanel({ row, sentence, detection, onClose, fills, ref }: Props) {
  const { screen, window: range, rules } = useTableContext()
  const { tz } = screen.params
  const id = row.ID ?? row.ASR_ID ?? null
  const change = sentence ?? (row.New_Registry_Value === undefined ? null : changeOf(row, rules))
  // What a configuration change has no value for says nothing about it.
  const fields = detections[detection].by.filter(
    (name) => change === null || row[name as keyof DetectionRow] !== 'NULL',
  )
  const hasRule = row.ASR_Rule !== 'NULL'
  const decided = decidedRows(detection, [row])
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-label="Stack"
      className={cx(
        'fixed inset-0 z-30 flex flex-col bg-raised text-13 shadow-float outline-none sm:left-auto sm:w-120',
        fills ? 'sm:absolute sm:z-10' : 'sm:top-12',
      )}
    >
      <header className="flex items-start gap-3 border-b border-line bg-raised px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="text-15 font-semibold">
            {change === null ? (
              <RuleName
                id={id}
                name={row.ASR_Rule}
                short={id === null ? undefined : rules[id]?.short}
                href={id === null ? undefined : ruleHref(id, screen.params)}
              />
            ) : (
              <span className="wrap-anywhere">
                <ChangeText sentence={change} />
              </span>
            )}
          </h2>
          <p className="flex flex-wrap items-center gap-x-3 text-12 text-dim">
            <CodeTag code={row.EventCode ?? 5007} />
            <span>{countOf(row.count, 'event')}</span>
            <span className="figures">
              {spanText(row.firstTime, row.lastTime, tz)} {tz}
            </span>
          </p>
        </div>
        <IconButton label="Close" shortcut="Esc" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      {/* Only what is between them scrolls: what is half under a bar could not be clicked. */}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {(row.faithful === 0 || (detection === 'audit' && row.EventCode === 1126)) && (
          <ul className="flex flex-col gap-1 border-b border-line bg-sunken px-4 py-2 text-12">
            {row.faithful === 0 && (
              <li>Only here: Splunk's grouping drops these events, since a by-field is missing.</li>
            )}
            {detection === 'audit' && row.EventCode === 1126 && <li>{auditedBlock}</li>}
          </ul>
        )}
        <dl className="px-4">
          {fields.map((name) => (
            <StackField key={name} name={name} value={row[name as keyof DetectionRow] ?? 'NULL'} record={row} />
          ))}
          {(hasRule || change === null) && (
            <StackField
              name="ASR_Rule"
              record={row}
              value={hasRule || id === null || id === 'NULL' ? row.ASR_Rule : ruleText(id, row.ASR_Rule)}
            />
          )}
          {row.Exclusion != null && <StackField name="Exclusion" value={row.Exclusion} record={row} />}
        </dl>
        <NewestEvents key={row.stack} stack={row.stack} range={range} tz={tz} rules={rules} />
      </div>
      <footer className="flex gap-2 border-t border-line bg-raised px-4 py-2.5">
        <NavLink href={stackEventsHref(row.stack, screen.params)} className={buttonClass('primary')}>
          <List aria-hidden />
          All events of this stack
        </NavLink>
        {decided !== null && <DecideButton {...decided} />}
      </footer>
    </aside>
  )
}
