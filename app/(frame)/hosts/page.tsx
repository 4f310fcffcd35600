import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { WhenReady } from '#components/frame/when-ready.tsx'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { ask } from '#lib/query/question.ts'
import { HostList } from '../host-list.tsx'

export const metadata = { title: 'Hosts' }

export default async function HostsPage({ searchParams }: PageProps<'/hosts'>) {
  const { screen, problems } = readScreen(tablePath('hosts'), 'hosts', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Hosts" screen={screen} problems={problems} />
  const { reads, now } = await context()
  const question = await ask(reads, screen.params, now)
  return (
    <>
      <Bar title="Hosts" screen={screen} window={question.window} has={{ time: true, search: true }} />
      <Problems problems={problems} />
      <WhenReady fallback={<TableSkeleton />}>{HostList({ screen, question, hasRisk: true, fills: true })}</WhenReady>
    </>
  )
}
