'use client'
import { List, Monitor, X } from 'lucide-react'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { DecideButton } from '#components/decide/decide-button.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { RuleName } from '#components/table/cells/rule-name.tsx'
import { StackField } from '#components/table/stack-field.tsx'
import { useTableContext } from '#components/table/table-context.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { type StackColumn, stackColumns } from '#lib/hunting/definition.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { hostHref, ruleHref } from '#lib/params/hrefs.ts'
import { fieldOfBy } from '#lib/params/stack-by.ts'
import { memberEventsHref } from '#lib/params/stack-hrefs.ts'
import { countOf } from '#lib/text/number.ts'
import { spanText } from '#lib/text/time.ts'
import { MemberDays } from './member-days.tsx'
import { MemberEvents } from './member-events.tsx'
import { memberSearch } from './member-search.ts'
import { Members } from './members.tsx'
import { ModeBar } from './mode-bar.tsx'
import { decidedStacks, type StackCells } from './stack-cells.ts'
import { StackNotes } from './stack-notes.tsx'
import { useAnswer } from './use-answer.ts'
import { stepWords } from './words.ts'

type Props = {
  /** The key of the stack. */
  stack: string
  /** Its row, if the table has it on this page. */
  row: StackCells | undefined
  /** Whether the focus goes to the panel when it appears. */
  takesFocus: boolean
  onClose: () => void
  ref: Ref<HTMLElement>
}

/** The row of an answer, in which a field that was not logged is the text NULL, with null instead. */
const withNulls = (row: Partial<Record<StackColumn, string | null>>): Partial<Record<StackColumn, string | null>> =>
  Object.fromEntries(stackColumns.map((column) => [column, row[column] === 'NULL' ? null : (row[column] ?? null)]))

/** What one stack consists of, next to the table: fields, days, events, hosts, merged variants and users. */
export function MembersPanel({ stack, row: given, takesFocus, onClose, ref }: Props) {
  const { screen, window: range, rules } = useTableContext()
  const { tz, by } = screen.params
  const own = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => own.current as HTMLElement)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it appears.
  useEffect(() => {
    if (takesFocus) own.current?.focus()
  }, [])
  const search = memberSearch(screen.params, range)
  const answer = useAnswer(`${apiPaths.stackMembers(stack)}?${search}`, (readers) => readers.readMembers)
  const members = answer.state === 'here' ? answer.data : null
  const row = given ?? members?.row
  const id = row?.ID === 'NULL' ? null : (row?.ID ?? null)
  const first = by[0]?.column
  const events = row === undefined ? null : memberEventsHref(by, row, screen.params)
  const [host] = members?.hosts.total === 1 ? members.hosts.rows : []
  return (
    <aside
      ref={own}
      tabIndex={-1}
      aria-label="Stack"
      className="fixed inset-0 z-30 flex flex-col bg-raised text-13 shadow-float outline-none sm:absolute sm:left-auto sm:z-10 sm:w-120"
    >
      <header className="flex items-start gap-3 border-b border-line bg-raised px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="text-15 font-semibold wrap-anywhere">
            {id === null ? (
              <Logged text={(first && row?.[first]) ?? 'Stack'} />
            ) : (
              <RuleName
                id={id}
                name={row?.ASR_Rule ?? null}
                short={rules[id]?.short}
                href={ruleHref(id, screen.params)}
              />
            )}
          </h2>
          {row !== undefined && (
            <p className="flex flex-wrap items-center gap-x-3 text-12 text-dim">
              <span>
                {countOf(row.events, 'event')} on {countOf(row.hosts, 'host')}
              </span>
              <span className="figures">
                {spanText(row.firstTime, row.lastTime, tz)} {tz}
              </span>
            </p>
          )}
        </div>
        <IconButton label="Close" shortcut="Esc" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {answer.state === 'missing' && (
          <p className="px-4 py-3">
            No event under these fields, filters and times is in the stack that this link names.
          </p>
        )}
        {answer.state === 'failed' && (
          <p role="alert" className="px-4 py-3">
            {answer.message}
          </p>
        )}
        {row !== undefined && (
          <>
            <StackNotes row={row} hasSince={screen.params.since !== null} />
            <div className="px-4 py-2">
              <ModeBar counts={row} />
            </div>
            <dl className="border-t border-line px-4">
              {by.map(({ column, step }) => (
                <StackField
                  key={column}
                  name={column}
                  value={row[column] ?? 'NULL'}
                  merged={step === 'exact' ? undefined : stepWords[step].name}
                  field={fieldOfBy({ column, step })}
                  record={row}
                />
              ))}
            </dl>
          </>
        )}
        {row !== undefined && row.activeDays > 1 && <MemberDays answer={answer} />}
        {answer.state !== 'missing' && <MemberEvents key={stack} stack={stack} search={search} />}
        <Members answer={answer} />
      </div>
      {row !== undefined && (
        <footer className="flex flex-wrap gap-2 border-t border-line bg-raised px-4 py-2.5">
          {events !== null && (
            <NavLink href={events} className={buttonClass('primary')}>
              <List aria-hidden />
              All events of this stack
            </NavLink>
          )}
          {host !== undefined && (
            <NavLink href={hostHref(host.dest, range, tz)} className={buttonClass('plain')}>
              <Monitor aria-hidden />
              Open host
            </NavLink>
          )}
          <DecideButton {...decidedStacks(by, [given ?? withNulls(row)])} />
        </footer>
      )}
    </aside>
  )
}
