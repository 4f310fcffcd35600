'use client'
import { useEffect, useState } from 'react'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { EventRow } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { eventPath } from '#lib/params/hrefs.ts'
import type { Window } from '#lib/query/question.ts'
import { isoText, timeText } from '#lib/text/time.ts'
import { ChangeText } from './cells/change-text.tsx'
import { Logged } from './cells/logged.tsx'
import { changeOf } from './changes.ts'
import type { RuleNames } from './table-context.ts'

type Props = { stack: string; range: Window; tz: string; rules: RuleNames }
type Answer = { state: 'waiting' } | { state: 'failed'; message: string } | { state: 'here'; members: EventRow[] }

const failed = (message: string): Answer => ({ state: 'failed', message })
const unreachable = failed('The events could not be fetched. Open the stack again to retry.')

const shown = 20

/** The newest events of a stack within the time range of its table. */
export function NewestEvents({ stack, range, tz, rules }: Props) {
  const [answer, setAnswer] = useState<Answer>({ state: 'waiting' })
  const { from, to } = range
  useEffect(() => {
    const stop = new AbortController()
    const search = new URLSearchParams({ stack, limit: String(shown) })
    if (from !== null) search.set('from', isoText(from))
    if (to !== null) search.set('to', isoText(to))
    fetch(`${apiPaths.table('events')}?${search}`, { signal: stop.signal })
      .then(async (response) => {
        const text = await response.text()
        if (!response.ok) return setAnswer(unreachable)
        const { readEvents } = await import('./read-events.ts')
        setAnswer({ state: 'here', members: readEvents(text) })
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return
        setAnswer(error instanceof Error && error.name === 'UnexpectedAnswer' ? failed(error.message) : unreachable)
      })
    return () => stop.abort()
  }, [stack, from, to])

  return (
    <section aria-label="Newest events" aria-busy={answer.state === 'waiting'} className="px-4 py-2">
      <h3 className="flex h-7 items-center justify-between text-12 text-dim">
        Newest events <span>_time {tz}</span>
      </h3>
      {answer.state === 'failed' && <p role="alert">{answer.message}</p>}
      {answer.state === 'waiting' && <p className="text-dim">Reading…</p>}
      {answer.state === 'here' && (
        <ul>
          {answer.members.map((member) => (
            <li key={member.id} className="flex min-h-6 items-baseline gap-3 py-0.5">
              <NavLink href={eventPath(member.id)} className={`${linkClass} figures text-12 whitespace-nowrap`}>
                {timeText(member._time, tz)}
              </NavLink>
              <span className="min-w-0 flex-1 text-12 wrap-anywhere">
                {member.EventCode === 5007 ? (
                  <ChangeText sentence={changeOf(member, rules)} />
                ) : (
                  member.User !== null && <Logged text={member.User} />
                )}
              </span>
              <span className="figures text-12 text-dim">{member.EventRecordID ?? ''}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
