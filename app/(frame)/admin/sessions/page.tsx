import { MonitorSmartphone } from 'lucide-react'
import type { Metadata } from 'next'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { SessionTable } from '#components/admin/session-table.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { context } from '#lib/access/context.ts'
import { adminPaths } from '#lib/params/hrefs.ts'
import { pageOf, pageRange } from '#lib/params/page.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Sessions' }

/** Every session that has not ended. */
export default async function SessionsPage({ searchParams }: PageProps<'/admin/sessions'>) {
  const { screen, problems } = readScreen(adminPaths.sessions, 'uploads', await searchParams)
  const { actor, reads, now } = await context()
  const page = pageOf(await reads.sessions(null, now), pageRange(screen.params))
  return (
    <AdminPage section="sessions" screen={screen} problems={problems}>
      <TableScreen
        screen={screen}
        page={page}
        noun="session"
        none={
          <State icon={<MonitorSmartphone aria-hidden />} title="Nobody is signed in">
            <p>
              A session begins when a user signs in. It ends after 24 hours without a request, after 14 days, or here.
            </p>
          </State>
        }
      >
        <SessionTable
          sessions={page.rows}
          current={actor.kind === 'account' ? actor.session : null}
          tz={screen.params.tz}
        />
      </TableScreen>
    </AdminPage>
  )
}
