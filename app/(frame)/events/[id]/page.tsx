import { notFound } from 'next/navigation'
import { EventFacts } from '#components/event/event-facts.tsx'
import { EventFields } from '#components/event/event-fields.tsx'
import { EventXml } from '#components/event/event-xml.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { readScreen } from '#components/frame/read-screen.ts'
import { rulesById } from '#components/table/rules-by-id.ts'
import { eventXml } from '#lib/format/event-xml.ts'
import { selectEvent, stackOfEvent } from '#lib/query/events.ts'
import { ruleNames } from '#lib/query/rules.ts'
import { getStore } from '#lib/store/open.ts'

export const metadata = { title: 'Event' }

export default async function EventPage({ params, searchParams }: PageProps<'/events/[id]'>) {
  const { id } = await params
  const { screen, problems } = readScreen(`/events/${id}`, 'events', await searchParams)
  const number = /^\d{1,15}$/.test(id) ? Number(id) : null
  const store = await getStore()
  const event = number === null ? null : await selectEvent(store, number)
  if (event === null) notFound()
  const [stack, names] = await Promise.all([stackOfEvent(store, event.id), ruleNames(store)])
  const xml = eventXml(event.fields)
  return (
    <>
      <Bar title={`Event ${event.EventCode}`} screen={screen} />
      <Problems problems={problems} />
      <PageBody>
        <div className="mx-auto flex max-w-[1000px] flex-col gap-6">
          <EventFacts event={event} stack={stack} rules={rulesById(names)} tz={screen.params.tz} />
          <EventFields event={event} />
          {xml !== null && <EventXml xml={xml} id={event.id} />}
        </div>
      </PageBody>
    </>
  )
}
