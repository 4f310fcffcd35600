import type { Metadata } from 'next'
import { DecisionTabs } from '#components/decide/decision-tabs.tsx'
import { GroupEditor } from '#components/decide/group-editor.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { context } from '#lib/access/context.ts'
import { groupsPath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { selectGroups } from '#lib/query/groups.ts'

export const metadata: Metadata = { title: 'Host groups' }

/** The ordered list of host groups, with the hosts that fall in each. */
export default async function GroupsPage({ searchParams }: PageProps<'/groups'>) {
  const { screen, problems } = readScreen(groupsPath, 'uploads', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Host groups" screen={screen} problems={problems} />
  const { reads } = await context()
  const page = await selectGroups(reads)
  return (
    <>
      <Bar title="Host groups" screen={screen}>
        <DecisionTabs current="groups" />
      </Bar>
      <Problems problems={problems} />
      <PageBody>
        <GroupEditor page={page} />
      </PageBody>
    </>
  )
}
