'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { EventFields } from '#components/event/event-fields.tsx'
import { ChangeText } from '#components/table/cells/change-text.tsx'
import { HostText } from '#components/table/cells/host-text.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { PathText } from '#components/table/cells/path-text.tsx'
import { changeOf } from '#components/table/changes.ts'
import { useTableContext } from '#components/table/table-context.ts'
import { ValueMenu } from '#components/table/value-menu.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { fieldOfData } from '#lib/asr/canonical.ts'
import { hintsOf } from '#lib/hunting/hints/hints-of.ts'
import type { EventDetail, EventRow } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { eventHref } from '#lib/params/hrefs.ts'
import type { FilteredField } from '#lib/params/params.ts'
import { countText } from '#lib/text/number.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { Hints } from './hints.tsx'
import { useAnswer } from './use-answer.ts'

/** Events of a page of the panel. */
const length = 10

/** The events of a stack, the newest first; one that is chosen shows its raw fields. */
export function MemberEvents({ stack, search }: { stack: string; search: string }) {
  const { tz } = useTableContext().screen.params
  const [page, setPage] = useState(1)
  const [chosen, setChosen] = useState<string | null>(null)
  const place = new URLSearchParams(search)
  place.set('limit', String(length))
  if (page > 1) place.set('page', String(page))
  const answer = useAnswer(`${apiPaths.stackEvents(stack)}?${place}`, (readers) => readers.readEventPage)
  const { total, rows } = answer.state === 'here' ? answer.data : { total: 0, rows: [] }
  const last = Math.min(page * length, total)
  const turn = (to: number) => {
    setPage(to)
    setChosen(null)
  }
  return (
    <section aria-label="Events" aria-busy={answer.state === 'waiting'} className="px-4 py-2">
      <div className="flex h-7 items-center gap-2 text-12 text-dim">
        <h3>Events</h3>
        <span className="mr-auto">_time {tz}</span>
        {total > length && (
          <>
            <span className="figures" aria-live="polite">
              {countText((page - 1) * length + 1)}–{countText(last)} of {countText(total)}
            </span>
            <IconButton label="Newer events" disabled={page === 1} onClick={() => turn(page - 1)}>
              <ChevronLeft aria-hidden />
            </IconButton>
            <IconButton label="Older events" disabled={last >= total} onClick={() => turn(page + 1)}>
              <ChevronRight aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {answer.state === 'failed' && <p role="alert">{answer.message}</p>}
      {answer.state === 'waiting' && <p className="text-dim">Reading…</p>}
      <ul>
        {rows.map((event) => (
          <Event
            key={event.id}
            event={event}
            isChosen={chosen === event.id}
            onChoose={() => setChosen(chosen === event.id ? null : event.id)}
          />
        ))}
      </ul>
    </section>
  )
}

function Event({ event, isChosen, onChoose }: { event: EventRow; isChosen: boolean; onChoose: () => void }) {
  const { rules, screen } = useTableContext()
  const { tz } = screen.params
  return (
    <li className="border-b border-line py-1">
      <div className="flex min-h-7 flex-wrap items-center gap-x-2">
        <NavLink href={eventHref(event.id, tz)} className={`${linkClass} figures text-12 whitespace-nowrap`}>
          {timeText(event._time, tz)}
        </NavLink>
        <span className="flex min-w-24 flex-1">
          <HostText host={event.dest} />
        </span>
        <button
          type="button"
          aria-expanded={isChosen}
          onClick={onChoose}
          className="h-6 rounded-sm px-1 text-12 whitespace-nowrap text-dim hover:bg-hover hover:text-ink"
        >
          Raw fields
        </button>
        <ValueMenu
          value={{ column: 'dest', value: event.dest, field: 'dest', filter: event.dest, record: event }}
          label={`More for ${visibleText(event.dest)} at ${timeText(event._time, tz)}`}
        />
      </div>
      <p className="min-w-0 text-12 wrap-anywhere">
        {event.EventCode === 5007 ? (
          <ChangeText sentence={changeOf(event, rules)} />
        ) : (
          event.Path !== null && <PathText path={event.Path} />
        )}
      </p>
      {event.User !== null && (
        <p className="text-12 text-dim">
          <Logged text={event.User} />
        </p>
      )}
      {hintsOf(event).map(({ hint, field, reason }) => (
        <p key={`${hint} ${field}`} className="text-12">
          <Hints hints={[hint]} isMixed={false} />
          <span className="pl-4.5 text-dim">
            {field}: {reason}
          </span>
        </p>
      ))}
      {isChosen && <RawFields id={event.id} />}
    </li>
  )
}

function RawFields({ id }: { id: string }) {
  const answer = useAnswer(apiPaths.event(id), (readers) => readers.readEvent)
  if (answer.state === 'waiting') return <p className="text-12 text-dim">Reading…</p>
  if (answer.state === 'missing') return <p className="text-12">The event is stored no more.</p>
  if (answer.state === 'failed')
    return (
      <p role="alert" className="text-12">
        {answer.message}
      </p>
    )
  return (
    <div className="my-2 flex flex-col gap-3 border-l-2 border-line-strong pl-3">
      <EventFields event={answer.data} menuOf={(field) => <RawMenu event={answer.data} field={field} />} />
    </div>
  )
}

function RawMenu({
  event,
  field: { section, name, value },
}: {
  event: EventDetail
  field: EventDetail['fields'][number]
}) {
  const field = section === 'System' ? (systemFields[name] ?? null) : filterOfData(event.EventCode, name)
  const own = field === null ? null : (event as unknown as Record<string, string | number | null>)[field]
  return (
    <ValueMenu
      value={{ column: name, value, field, filter: String(own ?? value), record: event }}
      label={`More for ${visibleText(name)}`}
    />
  )
}

/** Fields that every record has, and the filter of each. */
const systemFields: Partial<Record<string, FilteredField>> = { Computer: 'dest', EventID: 'EventCode' }

/** The filter that a field of an event can become, whatever the log calls it; null if there is none. */
function filterOfData(EventCode: number, name: string): FilteredField | null {
  const field = fieldOfData(EventCode, name)
  return field === null || field === 'Old_Value' || field === 'New_Value' ? null : field
}
