'use client'
import { TimelineChart } from '#components/chart/timeline.tsx'
import type { NamedStackMembers } from '#lib/model/stacks.ts'
import { daysOf } from './days.ts'
import type { Answer } from './use-answer.ts'

/** The events of a stack by day. Its height is that of the chart before that is there. */
export function MemberDays({ answer }: { answer: Answer<NamedStackMembers> }) {
  if (answer.state === 'missing' || answer.state === 'failed') return null
  return (
    <section aria-label="Days" className="min-h-44 border-b border-line px-4 py-2">
      {answer.state === 'here' && (
        <TimelineChart timeline={daysOf(answer.data.days)} tz="UTC" label="Events by day in UTC" height={96} />
      )}
    </section>
  )
}
