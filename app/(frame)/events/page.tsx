import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { WhenReady } from '#components/frame/when-ready.tsx'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { ask } from '#lib/query/question.ts'
import { EventList } from '../event-list.tsx'

export const metadata = { title: 'Events' }

export default async function EventsPage({ searchParams }: PageProps<'/events'>) {
  const { screen, problems } = readScreen(tablePath('events'), 'events', await searchParams, ['cols', 'pin'])
  if (showsNothing(problems)) return <NothingShown title="Events" screen={screen} problems={problems} />
  const { reads, now } = await context()
  const question = await ask(reads, screen.params, now)
  return (
    <>
      <Bar title="Events" screen={screen} window={question.window} has={{ time: true, search: true }} />
      <Problems problems={problems} />
      <WhenReady fallback={<TableSkeleton />}>{EventList({ screen, question, fills: true })}</WhenReady>
    </>
  )
}
