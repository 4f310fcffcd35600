import { Unlink } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EventFacts } from '#components/event/event-facts.tsx'
import { EventFields } from '#components/event/event-fields.tsx'
import { EventXml } from '#components/event/event-xml.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { State } from '#components/frame/state.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { context } from '#lib/access/context.ts'
import { eventPath, pathPart, tablePath } from '#lib/params/hrefs.ts'
import { isOldNumber, oldLink } from '#lib/params/old-link.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { eventXml } from '#lib/text/event-xml.ts'
import { visibleText } from '#lib/text/visible.ts'

export async function generateMetadata({ params }: PageProps<'/events/[id]'>): Promise<Metadata> {
  const id = pathPart((await params).id)
  const { reads } = await context()
  const event = id === null || isOldNumber(id) ? null : await reads.event(id)
  return { title: event === null ? 'Event' : `Event ${event.EventCode} on ${visibleText(event.dest)}` }
}

export default async function EventPage({ params, searchParams }: PageProps<'/events/[id]'>) {
  const id = pathPart((await params).id)
  if (id === null) notFound()
  const { screen, problems } = readScreen(eventPath(id), 'events', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Event" screen={screen} problems={problems} />
  if (isOldNumber(id)) {
    return (
      <>
        <Bar title="Event" screen={screen} />
        <State icon={<Unlink aria-hidden />} title="This link cannot be resolved">
          <p>{oldLink('event')}</p>
          <NavLink href={tablePath('events')} className={buttonClass('primary')}>
            Show all events
          </NavLink>
        </State>
      </>
    )
  }
  const { reads } = await context()
  const [event, names] = await Promise.all([reads.event(id), reads.ruleNames()])
  if (event === null) notFound()
  const xml = eventXml(event.fields)
  return (
    <>
      <Bar title={`Event ${event.EventCode}`} screen={screen} />
      <Problems problems={problems} />
      <PageBody>
        <div className="mx-auto flex max-w-[1000px] flex-col gap-6">
          <EventFacts event={event} rules={rulesById(names)} tz={screen.params.tz} />
          <EventFields event={event} />
          {xml !== null && <EventXml xml={xml} id={event.id} />}
        </div>
      </PageBody>
    </>
  )
}
