import { Suspense } from 'react'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { readScreen } from '#components/frame/read-screen.ts'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { resolveWindow } from '#lib/query/window.ts'
import { getStore } from '#lib/store/open.ts'
import { HostList } from '../host-list.tsx'

export const metadata = { title: 'Hosts' }

export default async function HostsPage({ searchParams }: PageProps<'/hosts'>) {
  const { screen, problems } = readScreen('/hosts', 'hosts', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Hosts" screen={screen} problems={problems} />
  const window = await resolveWindow(await getStore(), screen.params)
  return (
    <>
      <Bar title="Hosts" screen={screen} window={window} has={{ time: true, search: true }} />
      <Problems problems={problems} />
      <Suspense fallback={<TableSkeleton />}>
        <HostList screen={screen} window={window} />
      </Suspense>
    </>
  )
}
