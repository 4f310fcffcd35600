import { Download, ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { AuditFilters } from '#components/admin/audit-filters.tsx'
import { AuditTable } from '#components/admin/audit-table.tsx'
import { showsNothing } from '#components/frame/nothing-shown.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { context } from '#lib/access/context.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { auditHref, auditParams, readAudit } from '#lib/params/audit.ts'
import { adminPaths } from '#lib/params/hrefs.ts'
import { pageRange } from '#lib/params/page.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Audit log' }

/** What was done on this server, by whom, from where. */
export default async function AuditLogPage({ searchParams }: PageProps<'/admin/audit'>) {
  const search = await searchParams
  const { screen: read } = readScreen(adminPaths.audit, 'uploads', search, auditParams)
  const { asked, params, problems } = readAudit(search, ['tz', 'open'])
  const screen = { ...read, params: { ...params, tz: read.params.tz } }
  const { reads } = await context()
  const page = showsNothing(problems) ? { total: 0, rows: [] } : await reads.audit(asked, pageRange(params))
  const isFiltered = Object.values(asked).some((value) => value !== null) || showsNothing(problems)
  return (
    <AdminPage
      section="audit"
      screen={screen}
      problems={problems}
      bar={
        <a href={auditHref(`${apiPaths.auditLog}?format=ndjson`, asked)} download className={buttonClass()}>
          <Download aria-hidden />
          NDJSON
        </a>
      }
    >
      <TableScreen
        screen={screen}
        page={page}
        noun="row"
        line={<AuditFilters key={JSON.stringify(asked)} asked={asked} tz={screen.params.tz} />}
        none={
          <State
            icon={<ScrollText aria-hidden />}
            title={isFiltered ? 'No rows with these filters' : 'Nothing has been done yet'}
          >
            <p>
              Sign-ins, uploads and undos, decisions, exports, and every change of users, tokens and settings are
              recorded here. Rows are never changed or deleted.
            </p>
            {isFiltered && (
              <NavLink href={adminPaths.audit} className={buttonClass('primary')}>
                Show all rows
              </NavLink>
            )}
          </State>
        }
      >
        <AuditTable rows={page.rows} tz={screen.params.tz} />
      </TableScreen>
    </AdminPage>
  )
}
