import { UsersRound } from 'lucide-react'
import type { Metadata } from 'next'
import { AddUser } from '#components/admin/add-user.tsx'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { UserTable } from '#components/admin/user-table.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { context } from '#lib/access/context.ts'
import { adminPaths } from '#lib/params/hrefs.ts'
import { pageOf, pageRange } from '#lib/params/page.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Users' }

/** The accounts of this server. */
export default async function UsersPage({ searchParams }: PageProps<'/admin/users'>) {
  const { screen, problems } = readScreen(adminPaths.users, 'uploads', await searchParams)
  const { actor, reads, now } = await context()
  const page = pageOf(await reads.accounts(now), pageRange(screen.params))
  return (
    <AdminPage section="users" screen={screen} problems={problems} bar={<AddUser isFirst={page.total === 0} />}>
      <TableScreen
        screen={screen}
        page={page}
        noun="user"
        none={
          <State icon={<UsersRound aria-hidden />} title="No users: anyone who reaches this server may do everything">
            <p>
              Add an administrator to close it. From then on everybody signs in, and this page is for administrators
              only. The same on the server: <code>npm run user -- add NAME --role admin</code>
            </p>
          </State>
        }
      >
        <UserTable users={page.rows} own={actor.kind === 'account' ? actor.id : null} tz={screen.params.tz} />
      </TableScreen>
    </AdminPage>
  )
}
