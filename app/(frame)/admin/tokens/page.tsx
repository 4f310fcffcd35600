import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { MakeToken } from '#components/admin/make-token.tsx'
import { TokenTable } from '#components/admin/token-table.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { context } from '#lib/access/context.ts'
import { adminPaths } from '#lib/params/hrefs.ts'
import { pageOf, pageRange } from '#lib/params/page.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Tokens' }

/** The tokens of programs and of unattended screens. */
export default async function TokensPage({ searchParams }: PageProps<'/admin/tokens'>) {
  const { screen, problems } = readScreen(adminPaths.tokens, 'uploads', await searchParams)
  const { reads, now } = await context()
  const page = pageOf(await reads.tokens(), pageRange(screen.params))
  return (
    <AdminPage section="tokens" screen={screen} problems={problems} bar={<MakeToken />}>
      <TableScreen
        screen={screen}
        page={page}
        noun="token"
        none={
          <State icon={<KeyRound aria-hidden />} title="There are no tokens">
            <p>
              A program uses a token instead of signing in, to read or to upload. A display token opens the wall on an
              unattended screen. Each is shown once, can end by itself, and can be revoked at any time.
            </p>
          </State>
        }
      >
        <TokenTable tokens={page.rows} tz={screen.params.tz} now={now} />
      </TableScreen>
    </AdminPage>
  )
}
