import type { Metadata } from 'next'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { SettingTable } from '#components/admin/setting-table.tsx'
import { context } from '#lib/access/context.ts'
import { listSettings } from '#lib/http/settings-seen.ts'
import { adminPaths } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Settings' }

/** The settings that the server was started with. They are changed in its environment, not here. */
export default async function SettingsPage({ searchParams }: PageProps<'/admin/settings'>) {
  const { screen, problems } = readScreen(adminPaths.settings, 'uploads', await searchParams)
  const { reads } = await context()
  const settings = await listSettings(reads)
  return (
    <AdminPage section="settings" screen={screen} problems={problems}>
      <p className="shrink-0 border-b border-line px-4 py-2">
        Settings are set in the environment of the server and read when it starts. The README explains each. A value
        that differs from the last start is in the audit log.
      </p>
      <SettingTable settings={settings} tz={screen.params.tz} />
    </AdminPage>
  )
}
